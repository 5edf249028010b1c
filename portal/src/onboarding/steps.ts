import type { OnboardingQuery } from '@/__generated__/graphql'
import type { Harness } from '@/harnesses/projection'
import { STEPS, type Step } from '@/onboarding/step-names'
import { texts } from '@/texts'

/** How a step stands: `optional` is one with nothing in it that needs nothing. */
export type Standing = 'done' | 'missing' | 'failing' | 'running' | 'optional'

export type Declared = OnboardingQuery
export type Organization = Declared['organization'][number]
export type Check = Organization['onboarding_checks'][number]
/** How a check looks now; `unchecked` is one that waits although the harness that was to run it has ended. */
export type CheckLook = 'passed' | 'failed' | 'running' | 'unchecked'

/** How a check looks, given the harnesses as they are now. */
export function lookOf(check: Check, rows: ReadonlyMap<string, Harness>): CheckLook {
  if (check.state === 'passed' || check.state === 'failed') {
    return check.state
  }
  const harness = check.harness_id === null ? undefined : rows.get(check.harness_id)
  return harness?.finishedAtMs === null ? 'running' : 'unchecked'
}

/** The checks of what is in use. */
export function checksOf(declared: Declared): readonly Check[] {
  const inUse = new Set([...declared.endpoint, ...declared.secret_contract, ...declared.runtime_asset].map(({ id }) => id))
  return (declared.organization[0]?.onboarding_checks ?? []).filter((check) => inUse.has(check.subject_id))
}

/** What is wrong with who belongs to the organization; null: they can launch work and decide on it. */
export function peopleLack(declared: Declared): string | null {
  const words = texts.onboarding.people
  const needed = declared.organization[0]?.approvals_required ?? 1
  const proposers = declared.membership.filter(({ role }) => role === 'operator' || role === 'owner')
  if (proposers.length === 0) {
    return words.nobodyLaunches
  }
  const deciders = declared.membership.filter(({ role }) => role === 'approver' || role === 'owner')
  // Whoever proposes does not decide: the best case is a proposer who decides on nothing anyway.
  const othersMax = Math.max(...proposers.map((one) => deciders.filter((other) => other.principal_id !== one.principal_id).length))
  return othersMax >= needed ? null : words.nobodyDecides(needed - othersMax)
}

/** How every step stands. */
export function standingsOf(declared: Declared, rows: ReadonlyMap<string, Harness>): Readonly<Record<Step, Standing>> {
  const checks = checksOf(declared)
  const of = (kind: string) => checks.filter((check) => check.subject_kind === kind)
  const standing = (some: readonly Check[], empty: Standing): Standing => {
    const looks = some.map((check) => lookOf(check, rows))
    if (looks.length === 0) {
      return empty
    }
    if (looks.includes('failed') || looks.includes('unchecked')) {
      return 'failing'
    }
    return looks.includes('running') ? 'running' : 'done'
  }
  return {
    organization: 'done',
    people: peopleLack(declared) === null ? 'done' : 'missing',
    endpoints: standing(of('endpoint'), 'missing'),
    secrets: standing(of('secret_contract'), 'optional'),
    runtimes: standing(of('runtime_asset'), 'missing'),
    checks: standing(checks, 'missing'),
  }
}

/** The first step with something left to do; null: there is none. */
export function nextOf(standings: Readonly<Record<Step, Standing>>): Step | null {
  return STEPS.find((step) => standings[step] === 'missing' || standings[step] === 'failing') ?? null
}
