import { texts } from '@/texts'

const LOOKS: Readonly<Record<string, string>> = { succeeded: 'bg-good-ground text-good', failed: 'bg-bad-ground text-bad' }

/** With what an execution ended, in a word on a ground of its kind. */
export function ProofSign({ outcome }: { outcome: string }) {
  return (
    <span className={`rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${LOOKS[outcome] ?? 'bg-still-ground text-still'}`}>
      {texts.proofs.outcomeOf[outcome] ?? outcome}
    </span>
  )
}
