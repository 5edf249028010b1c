import { useMemo } from 'react'

import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { ConnectionSign } from '@/harnesses/connection-sign'
import { HarnessGroup } from '@/harnesses/harness-group'
import { useLive } from '@/harnesses/live-context'
import { grouped } from '@/harnesses/rows'
import { HARNESSES_MAX } from '@/harnesses/snapshot'
import { texts } from '@/texts'

/** Every harness of the viewer's organization, live. */
export function HarnessesPage() {
  const { rows, connection, readAtMs, failure, read } = useLive()
  const groups = useMemo(() => grouped(rows), [rows])
  return (
    <>
      <title>{`${texts.harnesses.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-2xl font-semibold">{texts.harnesses.title}</h1>
        <ConnectionSign connection={connection} readAtMs={readAtMs} />
      </div>
      <div className="flex flex-col gap-6">
        {failure !== null && <NotRead what={texts.harnesses.failed} reason={failure} onTryAgain={read} />}
        {readAtMs === null && failure === null && <Notice tone="still">{texts.harnesses.loading}</Notice>}
        {readAtMs !== null && rows.size === 0 && <NoHarnesses />}
        <HarnessGroup title={texts.harnesses.groups.waiting} harnesses={groups.waiting} />
        <HarnessGroup title={texts.harnesses.groups.underWay} harnesses={groups.underWay} />
        <HarnessGroup title={texts.harnesses.groups.ended} harnesses={groups.ended} />
        {rows.size >= HARNESSES_MAX && <p className="text-sm text-muted-foreground">{texts.harnesses.limited(HARNESSES_MAX)}</p>}
      </div>
    </>
  )
}

function NoHarnesses() {
  return (
    <Notice tone="still">
      <p className="font-medium text-foreground">{texts.harnesses.empty}</p>
      <p>{texts.harnesses.emptyRemedy}</p>
    </Notice>
  )
}
