import type { ReactNode } from 'react'

import type { Operation } from '@/session/may'
import { useMay } from '@/session/may'
import { texts } from '@/texts'

interface StepSectionProps {
  readonly title: string
  readonly says?: string
  /** What is declared already. */
  readonly children: ReactNode
  /** What adds to it: its heading, the operation that only some may send, and the form. */
  readonly add?: { readonly title: string; readonly operation: Operation; readonly form: ReactNode }
}

/** One step of the page: what is there, and what adds to it for whoever may. */
export function StepSection({ title, says, children, add }: StepSectionProps) {
  const may = useMay()
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-4">
      <div>
        <h2 className="text-lg font-semibold">{title}</h2>
        {says !== undefined && <p className="text-sm text-muted-foreground">{says}</p>}
      </div>
      {children}
      {add !== undefined && (
        <section aria-label={add.title} className="flex flex-col gap-4 rounded-lg border bg-card p-4">
          <h3 className="font-medium">{add.title}</h3>
          {may(add.operation) ? <div className="max-w-2xl">{add.form}</div> : <p className="text-sm text-muted-foreground">{texts.onboarding.ownersOnly}</p>}
        </section>
      )}
    </section>
  )
}
