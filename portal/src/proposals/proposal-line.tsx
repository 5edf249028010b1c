import { Link } from '@tanstack/react-router'

import type { ProposalsQuery } from '@/__generated__/graphql'
import { callOf, procedureOf } from '@/proposals/kinds'
import { gitChangeOf } from '@/proposals/proposal'
import { ProposalSign } from '@/proposals/proposal-sign'
import { texts } from '@/texts'
import { proposalKindsTexts } from '@/texts/proposal-kinds'
import { Ago } from '@/time/times'

const words = texts.proposals

type Line = ProposalsQuery['proposal'][number]

/** One proposal of the inbox: what it would do, in a line, by whom and since when. */
export function ProposalLine({ proposal }: { proposal: Line }) {
  return (
    <li data-proposal={proposal.id}>
      <Link to="/proposals/$proposalId" params={{ proposalId: proposal.id }} className="flex flex-col gap-1 px-4 py-3 hover:bg-still-ground">
        <span className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{proposal.title}</span>
          <ProposalSign state={proposal.state} />
        </span>
        <span className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
          <span>{proposalKindsTexts.kinds[proposal.kind] ?? proposal.kind}</span>
          {whatOf(proposal).map((what, at) => (
            <span key={at} className="wrap-anywhere">
              {what}
            </span>
          ))}
          {proposal.principal !== null && <span className="wrap-anywhere">{words.by(proposal.principal.name)}</span>}
          <span>
            {words.proposed} <Ago momentMs={Date.parse(proposal.created_at)} />
          </span>
        </span>
      </Link>
    </li>
  )
}

function whatOf({ kind, payload }: Line): readonly string[] {
  switch (kind) {
    case 'endpoint_call': {
      const call = callOf(payload)
      return [`${call.method} ${call.path}`]
    }
    case 'browser_procedure':
      return [proposalKindsTexts.steps(procedureOf(payload).steps.length)]
    default: {
      const change = gitChangeOf(payload)
      return [words.files(change.filesChanged), change.targetBranch]
    }
  }
}
