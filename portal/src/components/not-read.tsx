import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { FailureReason } from '@/platform/graphql'
import { texts } from '@/texts'

/** What stands where something could not be read: what, why, and another try. */
export function NotRead({ what, reason, onTryAgain }: { what: string; reason: FailureReason; onTryAgain: () => void }) {
  return (
    <div role="alert" className="mb-4">
      <Notice tone="bad">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div>
            <p className="font-medium">{what}</p>
            <p>{texts.failedBecause[reason]}</p>
          </div>
          <Button onClick={onTryAgain}>{texts.tryAgain}</Button>
        </div>
      </Notice>
    </div>
  )
}
