import { keepPreviousData } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { NotRead } from '@/components/not-read'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { useFollowed } from '@/harnesses/use-followed'
import { usePageKeys } from '@/keyboard/page-keys'
import { usePlatform } from '@/platform/context'
import { useMay } from '@/session/may'
import { texts } from '@/texts'
import { useToNew } from '@/work/use-to-new'
import { WORK_ITEMS } from '@/work/questions'
import { WorkLine } from '@/work/work-line'

const words = texts.work
const PAGE = 50

/** What is wanted done in the organization, the latest first. */
export function WorkPage() {
  const { ask } = usePlatform()
  const may = useMay()
  const toNew = useToNew()
  const [limit, setLimit] = useState(PAGE)
  const { data, failure, again } = useFollowed({
    key: ['work items', limit],
    ask: () => ask(WORK_ITEMS, { limit }),
    before: keepPreviousData,
  })
  usePageKeys(may('CreateWork') ? [{ keys: 'c', does: words.create, call: toNew }] : [])
  return (
    <>
      <title>{`${words.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-2xl font-semibold">{words.title}</h1>
        {may('CreateWork') && (
          <Link to="/work/new" search={{ kind: 'change' }} className="inline-flex min-h-10 items-center rounded-md border border-primary bg-primary px-4 text-sm font-medium text-primary-foreground hover:opacity-90">
            {words.create}
          </Link>
        )}
      </div>
      {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={again} />}
      {data === undefined && failure === null && <Notice tone="still">{words.loading}</Notice>}
      {data?.work.length === 0 && (
        <Notice tone="still">
          <p className="font-medium text-foreground">{words.empty}</p>
          <p>{words.emptyRemedy}</p>
        </Notice>
      )}
      {data !== undefined && data.work.length > 0 && (
        <ul className="divide-y rounded-lg border bg-card">
          {data.work.map((item) => (
            <WorkLine key={item.id} item={item} />
          ))}
        </ul>
      )}
      {data?.work.length === limit && (
        <div className="mt-4">
          <Button onClick={() => { setLimit(limit + PAGE) }}>{words.more}</Button>
        </div>
      )}
    </>
  )
}
