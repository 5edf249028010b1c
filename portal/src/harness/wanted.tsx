import { Link } from '@tanstack/react-router'
import { Hourglass } from 'lucide-react'

import { Notice } from '@/components/ui/notice'
import type { Harness } from '@/harnesses/projection'
import { texts } from '@/texts'

const words = texts.harness.wanted

/** What the harness waits for, and the way to where it is given; nothing while it waits for nobody. */
export function Wanted({ harness }: { harness: Harness }) {
  if (harness.needs === null) {
    return null
  }
  return (
    <section aria-label={words.title}>
      <Notice tone="waiting">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p className="flex min-w-0 items-start gap-2">
            <Hourglass aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 wrap-anywhere">
              <span className="font-medium">{texts.harnesses.needs}:</span> {harness.needs}
            </span>
          </p>
          {harness.phase === 'awaiting_decision' && harness.proposalId !== null && (
            <Link to="/proposals/$proposalId" params={{ proposalId: harness.proposalId }} className={WAY}>
              {words.proposal}
            </Link>
          )}
          {harness.recoveryCaseId !== null && (
            <Link to="/recovery/$caseId" params={{ caseId: harness.recoveryCaseId }} className={WAY}>
              {words.recovery}
            </Link>
          )}
        </div>
      </Notice>
    </section>
  )
}

const WAY = 'inline-flex min-h-10 items-center rounded-md border border-waiting bg-card px-4 font-medium text-waiting hover:opacity-90'
