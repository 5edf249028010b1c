import { texts } from '@/texts'

const LOOKS: Readonly<Record<string, string>> = {
  open: 'bg-waiting-ground text-waiting',
  resolved: 'bg-good-ground text-good',
}

/** Where a recovery case stands, in a word on a ground of its kind. */
export function CaseSign({ state }: { state: string }) {
  return (
    <span className={`rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${LOOKS[state] ?? 'bg-still-ground text-still'}`}>
      {texts.recovery.state[state] ?? state}
    </span>
  )
}
