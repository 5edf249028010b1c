import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'

import type { WorkItemQuery } from '@/__generated__/graphql'
import { NotFound } from '@/components/not-found'
import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { HarnessLine } from '@/harnesses/harness-line'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { useNames } from '@/principals/use-names'
import { useMay } from '@/session/may'
import { texts } from '@/texts'
import { useHarnessesOf } from '@/work/harnesses-of'
import { Launch } from '@/work/launch'
import { WORK_ITEM } from '@/work/questions'
import { Specification } from '@/work/specification'

const words = texts.work
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One piece of work: what is wanted, launching it, and its harnesses. */
export function WorkItemPage() {
  const { workId } = useParams({ from: '/work/$workId' })
  const { ask } = usePlatform()
  const isId = UUID.test(workId)
  const { data, error, refetch } = useQuery({ queryKey: ['work item', workId], queryFn: () => ask(WORK_ITEM, { id: workId }), enabled: isId })
  const item = data?.work[0]
  if (error !== null && item === undefined) {
    return <NotRead what={words.failed} reason={reasonOf(error)} onTryAgain={() => void refetch()} />
  }
  if (item === undefined) {
    return isId && data === undefined ? <Notice tone="still">{words.loading}</Notice> : <NotFound />
  }
  return <WorkItem item={item} />
}

function WorkItem({ item }: { item: WorkItemQuery['work'][number] }) {
  const may = useMay()
  return (
    <article className="flex flex-col gap-6" data-work={item.id}>
      <title>{`${item.title} · ${texts.product}`}</title>
      <div>
        <Link to="/work" className="text-sm text-muted-foreground hover:text-foreground">
          {words.title}
        </Link>
        <h1 className="text-2xl font-semibold wrap-anywhere">{item.title}</h1>
      </div>
      {may('LaunchWork') && item.state === 'open' && <Launch workId={item.id} />}
      <Specification item={item} />
      <Harnesses workId={item.id} />
    </article>
  )
}

function Harnesses({ workId }: { workId: string }) {
  const harnesses = useHarnessesOf(workId)
  const names = useNames()
  return (
    <section aria-label={words.harnesses}>
      <h2 className="mb-2 font-medium">{words.harnesses}</h2>
      {harnesses.length === 0 ? (
        <Notice tone="still">{words.neverLaunched}</Notice>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {harnesses.map((harness) => (
            <li key={harness.harnessId}>
              <HarnessLine harness={harness} who={names.get(harness.principalId ?? '') ?? null} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
