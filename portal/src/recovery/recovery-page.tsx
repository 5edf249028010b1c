import { keepPreviousData } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'

import type { RecoveryCasesQuery } from '@/__generated__/graphql'
import { NotRead } from '@/components/not-read'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { useFollowed } from '@/harnesses/use-followed'
import { usePlatform } from '@/platform/context'
import { seenOf, STATES } from '@/recovery/case'
import { CaseSign } from '@/recovery/case-sign'
import { CASES, CASES_MAX } from '@/recovery/questions'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.recovery
const VIEWS = ['open', 'all'] as const

/** The recovery cases that wait for an answer, or all of them. */
export function RecoveryPage() {
  const { view } = useSearch({ from: '/recovery' })
  const navigate = useNavigate()
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['recovery', view],
    ask: () => ask(CASES, { states: [...STATES[view]], limit: CASES_MAX }),
    before: keepPreviousData,
  })
  return (
    <>
      <title>{`${words.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-2xl font-semibold">{words.title}</h1>
        <Choice label={words.which} value={view} values={VIEWS} name={(one) => words.views[one]} onChange={(chosen) => void navigate({ to: '/recovery', search: { view: chosen } })} />
      </div>
      {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={again} />}
      {data === undefined && failure === null && <Notice tone="still">{words.loading}</Notice>}
      {data?.recovery_case.length === 0 && (
        <Notice tone="still">
          <p className="font-medium text-foreground">{words.none[view]}</p>
          <p>{words.noneRemedy}</p>
        </Notice>
      )}
      {data !== undefined && data.recovery_case.length > 0 && (
        <ul className="divide-y rounded-lg border bg-card">
          {data.recovery_case.map((one) => (
            <CaseLine key={one.id} one={one} />
          ))}
        </ul>
      )}
    </>
  )
}

function CaseLine({ one }: { one: RecoveryCasesQuery['recovery_case'][number] }) {
  return (
    <li data-recovery-case={one.id}>
      <Link to="/recovery/$caseId" params={{ caseId: one.id }} className="flex flex-col gap-1 px-4 py-3 hover:bg-still-ground">
        <span className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{words.kind[one.kind] ?? one.kind}</span>
          <CaseSign state={one.state} />
        </span>
        <span className="text-sm wrap-anywhere">{seenOf(one.seen).says}</span>
        <span className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
          {one.harness !== null && <span className="wrap-anywhere">{one.harness.title}</span>}
          <span>
            {words.since} <Ago momentMs={Date.parse(one.created_at)} />
          </span>
        </span>
      </Link>
    </li>
  )
}
