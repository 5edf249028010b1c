import { Link, useParams } from '@tanstack/react-router'

import { NotAnswered } from '@/components/not-answered'
import { NotFound } from '@/components/not-found'
import { NotRead } from '@/components/not-read'
import { Notice } from '@/components/ui/notice'
import { useFollowed } from '@/harnesses/use-followed'
import { CodeView } from '@/patch/code-view'
import { usePlatform } from '@/platform/context'
import { Binds } from '@/proposals/binds'
import { CallShown } from '@/proposals/call-shown'
import { Decide } from '@/proposals/decide'
import { Decisions } from '@/proposals/decisions'
import { ProposalPatch } from '@/proposals/proposal-patch'
import { ProposalProcedure } from '@/proposals/proposal-procedure'
import { gitChangeOf, type BoundNow, type Proposal } from '@/proposals/proposal'
import { ProposalSign } from '@/proposals/proposal-sign'
import { PROPOSAL } from '@/proposals/questions'
import { useBoundNow } from '@/proposals/use-bound-now'
import { texts } from '@/texts'
import { proposalKindsTexts } from '@/texts/proposal-kinds'
import { Ago } from '@/time/times'

const words = texts.proposals

/** One proposal: what it changes, what its digest binds, who decided, and deciding. */
export function ProposalPage() {
  const { proposalId } = useParams({ from: '/proposals/$proposalId' })
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['proposal', proposalId],
    ask: () => ask(PROPOSAL, { id: proposalId }),
  })
  if (data === undefined) {
    return failure === null ? <Notice tone="still">{words.loading}</Notice> : <NotAnswered what={words.failed} reason={failure} onTryAgain={again} />
  }
  const [proposal] = data.proposal
  return proposal === undefined ? (
    <NotFound />
  ) : (
    <>
      {failure !== null && <NotRead what={words.failed} reason={failure} onTryAgain={again} />}
      <Shown proposal={proposal} />
    </>
  )
}

function Shown({ proposal }: { proposal: Proposal }) {
  const now = useBoundNow(proposal)
  return (
    <article className="flex flex-col gap-6" data-proposal={proposal.id} data-state={proposal.state}>
      <title>{`${proposal.title} · ${texts.product}`}</title>
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <h1 className="min-w-0 text-2xl font-semibold wrap-anywhere">{proposal.title}</h1>
          <ProposalSign state={proposal.state} />
        </div>
        <p className="flex flex-wrap gap-x-4 text-sm text-muted-foreground">
          <span>{proposalKindsTexts.kinds[proposal.kind] ?? proposal.kind}</span>
          {proposal.principal !== null && <span className="wrap-anywhere">{words.by(proposal.principal.name)}</span>}
          <span>
            {words.proposed} <Ago momentMs={Date.parse(proposal.created_at)} />
          </span>
          <Link to="/harnesses/$harnessId" params={{ harnessId: proposal.harness_id }} className="underline">
            {words.harness}
          </Link>
        </p>
      </header>
      <Decide proposal={proposal} />
      <Decisions proposal={proposal} />
      <Binds proposal={proposal} now={now} />
      <What proposal={proposal} now={now} />
    </article>
  )
}

/** What the proposal would do, in the form of its kind. */
function What({ proposal, now }: { proposal: Proposal; now: BoundNow | undefined }) {
  switch (proposal.kind) {
    case 'endpoint_call':
      return <CallShown payload={proposal.payload} endpoint={now?.endpoint} as={CodeView} />
    case 'browser_procedure':
      return <ProposalProcedure proposal={proposal} />
    default:
      return <ProposalPatch artifactId={gitChangeOf(proposal.payload).patchArtifactId} />
  }
}
