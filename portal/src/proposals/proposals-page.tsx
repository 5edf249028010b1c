import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'

import type { ProposalsQuery } from '@/__generated__/graphql'
import { NotRead } from '@/components/not-read'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { useLivePosition } from '@/harnesses/live-context'
import { usePlatform } from '@/platform/context'
import { reasonOf } from '@/platform/graphql'
import { gitChangeOf, STATES } from '@/proposals/proposal'
import { ProposalSign } from '@/proposals/proposal-sign'
import { PROPOSALS, PROPOSALS_MAX } from '@/proposals/questions'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const words = texts.proposals
const VIEWS = ['open', 'all'] as const

/** The proposals that wait for a decision, or all of them. */
export function ProposalsPage() {
  const { view } = useSearch({ from: '/proposals' })
  const navigate = useNavigate()
  const { ask } = usePlatform()
  const position = useLivePosition()
  const { data, error, refetch } = useQuery({
    queryKey: ['proposals', view, position],
    queryFn: () => ask(PROPOSALS, { states: [...STATES[view]], limit: PROPOSALS_MAX }),
    placeholderData: (before) => before,
  })
  return (
    <>
      <title>{`${words.title} · ${texts.product}`}</title>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-2xl font-semibold">{words.title}</h1>
        <Choice label={words.which} value={view} values={VIEWS} name={(one) => words.views[one]} onChange={(chosen) => void navigate({ to: '/proposals', search: { view: chosen } })} />
      </div>
      {error !== null && <NotRead what={words.failed} reason={reasonOf(error)} onTryAgain={() => void refetch()} />}
      {data === undefined && error === null && <Notice tone="still">{words.loading}</Notice>}
      {data?.proposal.length === 0 && (
        <Notice tone="still">
          <p className="font-medium text-foreground">{words.none[view]}</p>
          <p>{words.noneRemedy}</p>
        </Notice>
      )}
      {data !== undefined && data.proposal.length > 0 && (
        <ul className="divide-y rounded-lg border bg-card">
          {data.proposal.map((proposal) => (
            <ProposalLine key={proposal.id} proposal={proposal} />
          ))}
        </ul>
      )}
    </>
  )
}

function ProposalLine({ proposal }: { proposal: ProposalsQuery['proposal'][number] }) {
  const { filesChanged, targetBranch } = gitChangeOf(proposal.payload)
  return (
    <li data-proposal={proposal.id}>
      <Link to="/proposals/$proposalId" params={{ proposalId: proposal.id }} className="flex flex-col gap-1 px-4 py-3 hover:bg-still-ground">
        <span className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{proposal.title}</span>
          <ProposalSign state={proposal.state} />
        </span>
        <span className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
          <span>{words.files(filesChanged)}</span>
          <span className="wrap-anywhere">{targetBranch}</span>
          {proposal.principal !== null && <span className="wrap-anywhere">{words.by(proposal.principal.name)}</span>}
          <span>
            {words.proposed} <Ago momentMs={Date.parse(proposal.created_at)} />
          </span>
        </span>
      </Link>
    </li>
  )
}
