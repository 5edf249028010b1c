import { texts } from '@/texts'

const LOOKS: Readonly<Record<string, string>> = {
  submitted: 'bg-waiting-ground text-waiting',
  approved: 'bg-moving-ground text-moving',
  applied: 'bg-good-ground text-good',
  failed: 'bg-bad-ground text-bad',
}

/** Where a proposal stands, in a word on a ground of its kind. */
export function ProposalSign({ state }: { state: string }) {
  return (
    <span className={`rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${LOOKS[state] ?? 'bg-still-ground text-still'}`}>
      {texts.proposals.state[state] ?? state}
    </span>
  )
}
