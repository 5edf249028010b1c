import type { Harness } from '@/harnesses/projection'

/** Where a station stands: `waits` for somebody, `unneeded` because the path ended before it. */
export type StationState = 'done' | 'now' | 'waits' | 'failed' | 'cancelled' | 'ahead' | 'unneeded'

export type StationName = 'onboarding' | 'work' | 'proposal' | 'decision' | 'execution' | 'proof' | 'queued' | 'checks' | 'active' | 'run'

export interface Station {
  readonly name: StationName
  readonly state: StationState
}

const NAMES: Readonly<Record<string, readonly StationName[]>> = {
  work: ['onboarding', 'work', 'proposal', 'decision', 'execution', 'proof'],
  onboard: ['queued', 'checks', 'active'],
  repair: ['queued', 'execution', 'proof'],
}
const NAMES_OF_OTHERS: readonly StationName[] = ['queued', 'run']
const OUTCOMES = ['succeeded', 'failed', 'cancelled'] as const
const WAITING = ['awaiting_recovery', 'awaiting_decision']

/** The path of a harness as a line, by what it is for, and where it stands. */
export function pathOf(harness: Harness): readonly Station[] {
  const names = NAMES[harness.purpose] ?? NAMES_OF_OTHERS
  const reached = names.indexOf(reachedBy(harness, names))
  return names.map((name, index) => ({ name, state: stateOf(harness, name, index - reached) }))
}

/** The station that stands for the whole line. */
export function standsAt(path: readonly Station[]): Station | undefined {
  return path.find(({ state }) => state !== 'done') ?? path.at(-1)
}

/** The last station that the harness came to. */
function reachedBy(harness: Harness, names: readonly StationName[]): StationName {
  const last = names.at(-1) ?? 'run'
  switch (harness.purpose) {
    case 'work':
      return reachedByWork(harness)
    case 'repair':
      if (harness.phase === 'queued') {
        return 'queued'
      }
      return harness.phase === 'succeeded' || harness.step === 'proof' ? 'proof' : 'execution'
    case 'onboard':
      if (harness.phase === 'queued') {
        return 'queued'
      }
      return harness.phase === 'succeeded' ? 'active' : 'checks'
    default:
      return harness.phase === 'queued' ? 'queued' : last
  }
}

function reachedByWork(harness: Harness): StationName {
  if (harness.phase === 'proposing') {
    return 'proposal'
  }
  switch (harness.proposalState) {
    case null:
      return 'work'
    case 'submitted':
    case 'rejected':
    case 'withdrawn':
      return 'decision'
    case 'applied':
      return 'proof'
    default:
      return 'execution'
  }
}

/** `distance` is how many stations behind the one that was reached. */
function stateOf(harness: Harness, name: StationName, distance: number): StationState {
  const outcome = OUTCOMES.find((one) => one === harness.phase)
  if (name === 'proof' && harness.proofId !== null) {
    return 'done'
  }
  if (distance < 0) {
    return 'done'
  }
  if (distance > 0) {
    // A failed execution is proved as well.
    const isNext = harness.phase === 'proving' && name === 'proof'
    return isNext ? 'now' : outcome === undefined ? 'ahead' : 'unneeded'
  }
  if (harness.proposalState === 'failed' && name === 'execution') {
    return 'failed'
  }
  if (outcome !== undefined) {
    return outcome === 'succeeded' ? 'done' : outcome
  }
  return WAITING.includes(harness.phase) ? 'waits' : 'now'
}
