import { useParams } from '@tanstack/react-router'

import { NotFound } from '@/components/not-found'
import { Notice } from '@/components/ui/notice'
import { ConnectionSign } from '@/harnesses/connection-sign'
import { HarnessLine } from '@/harnesses/harness-line'
import { useLive } from '@/harnesses/live-context'
import { texts } from '@/texts'

/** One harness, live. */
export function HarnessPage() {
  const { harnessId } = useParams({ from: '/harnesses/$harnessId' })
  const { rows, connection, readAtMs } = useLive()
  const harness = rows.get(harnessId)
  if (harness === undefined) {
    return readAtMs === null ? <Notice tone="still">{texts.harnesses.loading}</Notice> : <NotFound />
  }
  return (
    <>
      <title>{`${harness.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="min-w-0 text-2xl font-semibold wrap-anywhere">{harness.title}</h1>
        <ConnectionSign connection={connection} readAtMs={readAtMs} />
      </div>
      <ul className="rounded-lg border bg-card">
        <HarnessLine harness={harness} />
      </ul>
    </>
  )
}
