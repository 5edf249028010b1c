import { keepPreviousData } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'

import type { ProofPageQuery } from '@/__generated__/graphql'
import { NotRead } from '@/components/not-read'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { useFollowed } from '@/harnesses/use-followed'
import { usePlatform } from '@/platform/context'
import { ProofSign } from '@/proofs/proof-sign'
import { PAGE_MAX, PROOFS } from '@/proofs/questions'
import { SearchField } from '@/proofs/search-field'
import { whereOf } from '@/proofs/search'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.proofs
const OUTCOMES = ['all', 'succeeded', 'failed'] as const

/** Every proof of the organization, the newest leaf of its log first, page by page. */
export function ProofsPage() {
  const search = useSearch({ from: '/proofs' })
  const navigate = useNavigate()
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['proofs', search],
    ask: () => ask(PROOFS, { where: whereOf(search), limit: PAGE_MAX }),
    before: keepPreviousData,
  })
  const rows = data?.proof ?? []
  const isFiltered = search.q !== undefined || search.outcome !== undefined || search.before !== undefined
  const last = rows.length === PAGE_MAX ? rows.at(-1)?.leaf_index : undefined
  return (
    <>
      <title>{`${words.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-4 gap-y-3">
        <h1 className="text-2xl font-semibold">{words.title}</h1>
        <div className="flex flex-wrap items-end gap-3">
          <SearchField key={search.q ?? ''} value={search.q ?? ''} onSearch={(q) => void navigate({ to: '/proofs', search: { outcome: search.outcome, q: q === '' ? undefined : q } })} />
          <Choice
            label={words.outcome}
            value={search.outcome ?? 'all'}
            values={OUTCOMES}
            name={(one) => words.outcomes[one]}
            onChange={(chosen) => void navigate({ to: '/proofs', search: { q: search.q, outcome: chosen === 'all' ? undefined : chosen } })}
          />
        </div>
      </div>
      {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={again} />}
      {data === undefined && failure === null && <Notice tone="still">{words.loading}</Notice>}
      {data !== undefined && rows.length === 0 && (
        <Notice tone="still">
          <p className="font-medium text-foreground">{isFiltered ? words.noneFound : words.none}</p>
          <p>{isFiltered ? words.noneFoundRemedy : words.noneRemedy}</p>
        </Notice>
      )}
      {rows.length > 0 && (
        <ul className="divide-y rounded-lg border bg-card">
          {rows.map((proof) => (
            <ProofLine key={proof.id} proof={proof} />
          ))}
        </ul>
      )}
      <nav aria-label={words.pages} className="mt-4 flex gap-4 text-sm">
        {search.before !== undefined && (
          <Link to="/proofs" search={{ q: search.q, outcome: search.outcome }} className="underline">
            {words.newest}
          </Link>
        )}
        {last !== undefined && (
          <Link to="/proofs" search={{ ...search, before: last }} className="underline">
            {words.older}
          </Link>
        )}
      </nav>
    </>
  )
}

function ProofLine({ proof }: { proof: ProofPageQuery['proof'][number] }) {
  return (
    <li data-proof={proof.id}>
      <Link to="/proofs/$proofId" params={{ proofId: proof.id }} className="flex flex-col gap-1 px-4 py-3 hover:bg-still-ground">
        <span className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{proof.projection?.title ?? words.untitled}</span>
          <ProofSign outcome={proof.outcome} />
        </span>
        <span className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
          <span>{words.leaf(proof.leaf_index)}</span>
          {typeof proof.execution?.commit_id === 'string' && <code>{proof.execution.commit_id.slice(0, 12)}</code>}
          <span>
            {words.recorded} <Ago momentMs={Date.parse(proof.recorded_at)} />
          </span>
        </span>
      </Link>
    </li>
  )
}
