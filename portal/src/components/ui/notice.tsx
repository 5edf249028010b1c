import type { ReactNode } from 'react'

const TONES = {
  still: 'border-border bg-card text-muted-foreground',
  waiting: 'border-waiting bg-waiting-ground text-waiting',
  bad: 'border-bad bg-bad-ground text-bad',
}

/** A sentence that stands out, in a box; what waits or was not found is told to screen readers as it comes. */
export function Notice({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return (
    <div aria-live={tone === 'still' ? 'polite' : undefined} className={`rounded-md border px-4 py-3 text-sm ${TONES[tone]}`}>
      {children}
    </div>
  )
}
