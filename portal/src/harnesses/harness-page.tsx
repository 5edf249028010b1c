import { useParams } from '@tanstack/react-router'

import { NotFound } from '@/components/not-found'
import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { HarnessShown } from '@/harness/harness-shown'
import { useHarness } from '@/harness/use-harness'
import { texts } from '@/texts'

/** One harness, live. */
export function HarnessPage() {
  const { harnessId } = useParams({ from: '/harnesses/$harnessId' })
  const { harness, failure, again } = useHarness(harnessId)
  if (failure !== null) {
    return <NotRead what={texts.harnesses.failed} reason={failure} onTryAgain={again} />
  }
  if (harness === undefined) {
    return <Notice tone="still">{texts.harnesses.loading}</Notice>
  }
  return harness === null ? <NotFound /> : <HarnessShown key={harnessId} harness={harness} />
}
