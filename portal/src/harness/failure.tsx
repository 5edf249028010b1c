import { Notice } from '@/components/ui/notice'
import type { FailedWith } from '@/harness/use-harness'
import { MEANINGS } from '@/platform/meanings'
import { texts } from '@/texts'

const words = texts.harness.failure

/** Why a harness failed: the reason, its code and what that means, and what mends it. */
export function Failure({ failed }: { failed: FailedWith }) {
  const meaning = Object.hasOwn(MEANINGS, failed.code) ? MEANINGS[failed.code] : undefined
  return (
    <section aria-label={words.title}>
      <Notice tone="bad">
        <div className="flex flex-col gap-2 wrap-anywhere">
          <h2 className="flex flex-wrap items-baseline gap-x-3 font-medium">
            {words.title} <code className="text-xs font-normal">{failed.code}</code>
          </h2>
          <p className="line-clamp-12 whitespace-pre-wrap">{failed.reason}</p>
          {failed.remedy !== null && (
            <p>
              <span className="font-medium">{words.remedy}:</span> {failed.remedy}
            </p>
          )}
          {meaning !== undefined && (
            <p>
              <span className="font-medium">{words.meaning}:</span> {meaning.says} {meaning.retry && words.again}
            </p>
          )}
        </div>
      </Notice>
    </section>
  )
}
