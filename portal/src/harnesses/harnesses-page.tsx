import { useSearch } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'

import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { ConnectionSign } from '@/harnesses/connection-sign'
import { found, GROUP_NAMES } from '@/harnesses/filter'
import { HarnessFilter } from '@/harnesses/harness-filter'
import { HarnessGroup, type Reach } from '@/harnesses/harness-group'
import { useLive } from '@/harnesses/live-context'
import type { GroupName } from '@/harnesses/rows'
import { HARNESSES_MAX } from '@/harnesses/rows'
import { useLineKeys } from '@/harnesses/use-line-keys'
import { useSearchField } from '@/harnesses/use-search-field'
import { useNames } from '@/principals/use-names'
import { useViewer } from '@/session/viewer'
import { texts } from '@/texts'

const words = texts.harnesses

/** Every harness of the viewer's organization, live. */
export function HarnessesPage() {
  const search = useSearch({ from: '/' })
  const { principalId } = useViewer()
  const names = useNames()
  const { rows, groups, connection, readAtMs, total, failure, read } = useLive()
  const shown = useMemo(() => found(groups, search, principalId, names), [groups, search, principalId, names])
  const reaches = useRef(new Map<GroupName, Reach>())
  const field = useSearchField(search.q ?? '')
  useLineKeys(shown, reaches, field)
  const isNothingFound = rows.size > 0 && GROUP_NAMES.every((name) => shown[name].length === 0)
  return (
    <>
      <title>{`${words.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-2xl font-semibold">{words.title}</h1>
        <ConnectionSign connection={connection} readAtMs={readAtMs} />
      </div>
      <HarnessFilter search={search} field={field} />
      <div className="flex flex-col gap-6">
        {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={read} />}
        {readAtMs === null && failure === null && <Notice tone="still">{rows.size === 0 ? words.loading : words.loadingMore(rows.size)}</Notice>}
        {readAtMs !== null && rows.size === 0 && <Empty title={words.empty} remedy={words.emptyRemedy} />}
        {isNothingFound && <Empty title={words.notFound} remedy={words.notFoundRemedy} />}
        {GROUP_NAMES.map((name) => (
          <HarnessGroup
            key={name}
            ref={(reach) => {
              if (reach !== null) {
                reaches.current.set(name, reach)
              }
            }}
            title={words.groups[name]}
            harnesses={shown[name]}
            names={names}
          />
        ))}
        {total !== null && total > HARNESSES_MAX && <p className="text-sm text-muted-foreground">{words.limited(HARNESSES_MAX, total)}</p>}
      </div>
    </>
  )
}

function Empty({ title, remedy }: { title: string; remedy: string }) {
  return (
    <Notice tone="still">
      <p className="font-medium text-foreground">{title}</p>
      <p>{remedy}</p>
    </Notice>
  )
}
