import { Link } from '@tanstack/react-router'

import type { WorkItemsQuery } from '@/__generated__/graphql'
import { PhaseSign } from '@/harnesses/phase-sign'
import { texts } from '@/texts'
import { Ago } from '@/time/times'
import { useHarnessesOf } from '@/work/harnesses-of'

const words = texts.work

/** One piece of work, and where its foremost harness stands. */
export function WorkLine({ item }: { item: WorkItemsQuery['work'][number] }) {
  const harnesses = useHarnessesOf(item.id)
  const foremost = harnesses[0]
  return (
    <li data-work={item.id}>
      <Link to="/work/$workId" params={{ workId: item.id }} className="flex flex-col gap-1 px-4 py-3 hover:bg-still-ground">
        <span className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{item.title}</span>
          {foremost === undefined ? <span className="text-sm text-muted-foreground">{words.neverLaunched}</span> : <PhaseSign phase={foremost.phase} />}
        </span>
        <span className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
          {typeof item.method === 'string' && <span className="font-mono wrap-anywhere">{words.call.place(item.method, String(item.path))}</span>}
          {item.endpoint !== null && <span className="wrap-anywhere">{item.endpoint.name}</span>}
          <span>{words.harnessesOf(harnesses.length)}</span>
          {item.principal !== null && <span className="wrap-anywhere">{texts.harnesses.by(item.principal.name)}</span>}
          <span>
            {words.created} <Ago momentMs={Date.parse(item.created_at)} />
          </span>
        </span>
      </Link>
    </li>
  )
}
