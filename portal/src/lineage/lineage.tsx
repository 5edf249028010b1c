import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'

import { NotRead } from '@/components/not-read'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { LineageTable } from '@/lineage/table'
import { EDGES, PATH } from '@/lineage/questions'
import { edgesFrom, thingsOf, tiesOf } from '@/lineage/tie'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { texts } from '@/texts'

const words = texts.proofs.lineage
const VIEWS = ['table', 'graph'] as const

// Drawing a graph takes a library that no other page needs, so it is fetched by who wants the graph.
const Graph = lazy(() => import('@/lineage/graph').then(({ LineageGraph }) => ({ default: LineageGraph })))

/** What ties a harness's work, proposals, decisions, command, executions, artifacts and proofs: a table, or a graph. */
export function Lineage({ harnessId }: { harnessId: string }) {
  const { ask } = usePlatform()
  const [view, setView] = useState<(typeof VIEWS)[number]>('table')
  const { data, error, refetch } = useQuery({
    queryKey: ['lineage', harnessId],
    queryFn: async () => {
      const things = thingsOf(await ask(PATH, { harness: harnessId }))
      return tiesOf(things, (await ask(EDGES, { where: edgesFrom(things) })).lineage_edge)
    },
  })
  const loading = <Notice tone="still">{words.loading}</Notice>
  return (
    <section aria-label={words.title} aria-busy={data === undefined && error === null} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="font-medium">{words.title}</h2>
        <Choice label={words.view} value={view} values={VIEWS} name={(one) => words.views[one]} onChange={setView} />
      </div>
      {error !== null && <NotRead what={words.failed} reason={reasonOf(error)} onTryAgain={() => void refetch()} />}
      {data === undefined && error === null && loading}
      {data?.length === 0 && <Notice tone="still">{words.none}</Notice>}
      {data !== undefined && data.length > 0 && (view === 'table' ? <LineageTable ties={data} /> : <Suspense fallback={loading}><Graph ties={data} /></Suspense>)}
    </section>
  )
}
