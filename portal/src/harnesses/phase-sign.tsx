import { texts } from '@/texts'

const WAITING = 'bg-waiting-ground text-waiting'
const MOVING = 'bg-moving-ground text-moving'
const STILL = 'bg-still-ground text-still'

const LOOKS: Readonly<Record<string, string>> = {
  queued: STILL,
  awaiting_recovery: WAITING,
  awaiting_decision: WAITING,
  succeeded: 'bg-good-ground text-good',
  failed: 'bg-bad-ground text-bad',
  cancelled: STILL,
}

/** The phase in a word, on a ground of its kind. */
export function PhaseSign({ phase }: { phase: string }) {
  return (
    <span className={`rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${LOOKS[phase] ?? MOVING}`}>
      {phaseText(phase)}
    </span>
  )
}

/** A phase as people read it; one that this portal does not know yet stands as it came. */
export function phaseText(phase: string): string {
  return texts.harnesses.phase[phase] ?? phase.replaceAll('_', ' ')
}
