const LOOKS: Readonly<Record<string, string>> = {
  done: 'bg-good-ground text-good',
  passed: 'bg-good-ground text-good',
  active: 'bg-good-ground text-good',
  missing: 'bg-waiting-ground text-waiting',
  onboarding: 'bg-waiting-ground text-waiting',
  unchecked: 'bg-waiting-ground text-waiting',
  failing: 'bg-bad-ground text-bad',
  failed: 'bg-bad-ground text-bad',
  running: 'bg-moving-ground text-moving',
}

/** How a step, a check or the organization stands, in a word on a ground of its kind. */
export function StandingSign({ look, word }: { look: string; word: string }) {
  return (
    <span data-look={look} className={`rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${LOOKS[look] ?? 'bg-still-ground text-still'}`}>
      {word}
    </span>
  )
}
