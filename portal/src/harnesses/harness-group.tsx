import { useId } from 'react'

import { HarnessLine } from '@/harnesses/harness-line'
import type { Harness } from '@/harnesses/projection'

/** Harnesses under one heading; nothing at all if there are none. */
export function HarnessGroup({ title, harnesses }: { title: string; harnesses: readonly Harness[] }) {
  const headingId = useId()
  if (harnesses.length === 0) {
    return null
  }
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className="mb-2 text-sm font-medium text-muted-foreground">
        {title} ({harnesses.length})
      </h2>
      <ul className="divide-y rounded-lg border bg-card">
        {harnesses.map((harness) => (
          <HarnessLine key={harness.harnessId} harness={harness} />
        ))}
      </ul>
    </section>
  )
}
