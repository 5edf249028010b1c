import type { ErrorComponentProps } from '@tanstack/react-router'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { texts } from '@/texts'

/** What stands where a page broke; the rest of the portal goes on. */
export function PageFailed({ reset }: ErrorComponentProps) {
  return (
    <div role="alert">
      <Notice tone="bad">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div>
            <p className="font-medium">{texts.pageFailed.title}</p>
            <p>{texts.pageFailed.remedy}</p>
          </div>
          <Button onClick={reset}>{texts.tryAgain}</Button>
        </div>
      </Notice>
    </div>
  )
}
