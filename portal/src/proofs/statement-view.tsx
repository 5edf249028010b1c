import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { ProofPageOfQuery } from '@/__generated__/graphql'
import type { Members } from '@/proofs/envelope'
import { ProofSign } from '@/proofs/proof-sign'
import { statedIn, type Stated } from '@/proofs/statement'
import { texts } from '@/texts'
import { Exact } from '@/time/times'

const words = texts.proofs.statement
const INDENT = 2

/** What was signed, in words, and as it was signed. */
export function StatementView({ statement, names }: { statement: Members; names: ProofPageOfQuery }) {
  const stated = statedIn(statement)
  const known = names.proof[0]?.execution?.proposal
  const organization = names.organization.find(({ id }) => id === stated.organization)
  return (
    <section aria-label={words.title} className="flex flex-col gap-2">
      <h2 className="font-medium">{words.title}</h2>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Fact name={words.done}>{sentenceOf(stated)}</Fact>
        <Fact name={words.outcome}>{stated.outcome !== null && <ProofSign outcome={stated.outcome} />}</Fact>
        <Fact name={words.reason}>{stated.reason}</Fact>
        <Fact name={words.organization}>{stated.organization !== null && <Named name={organization?.name} exact={stated.organization} />}</Fact>
        <Fact name={words.proposal}>
          {stated.proposal !== null && (
            <Link to="/proposals/$proposalId" params={{ proposalId: stated.proposal.id }} className="underline">
              {known?.title ?? stated.proposal.id}
            </Link>
          )}
        </Fact>
        <Fact name={words.digest}>{typeof stated.proposal?.digest === 'string' && <code>{stated.proposal.digest}</code>}</Fact>
        <Fact name={words.by}>{typeof stated.proposal?.principal === 'string' && <Named name={known?.principal?.name} exact={stated.proposal.principal} />}</Fact>
        <Fact name={words.decided}>{stated.decisions.length > 0 && <Decided stated={stated} names={names} />}</Fact>
        <Fact name={words.endpoint}>{stated.endpointDigest !== null && <Named name={known?.endpoint?.name} exact={stated.endpointDigest} />}</Fact>
        <Fact name={words.runtimeAsset}>
          {stated.runtimeAssetDigest !== null && <Named name={known?.work?.runtime_asset?.name} exact={stated.runtimeAssetDigest} />}
        </Fact>
        <Fact name={words.commit}>{stated.commit !== null && <code>{stated.commit}</code>}</Fact>
        <Fact name={words.began}>{stated.startedAtMs !== null && <Exact momentMs={stated.startedAtMs} />}</Fact>
        <Fact name={words.ended}>{stated.finishedAtMs !== null && <Exact momentMs={stated.finishedAtMs} />}</Fact>
      </dl>
      <p className="text-xs text-muted-foreground">{words.names}</p>
      <details className="rounded-md border bg-card text-sm">
        <summary className="cursor-pointer px-4 py-2.5">{words.raw}</summary>
        <pre tabIndex={0} aria-label={words.raw} className="max-h-[28rem] overflow-auto border-t px-4 py-3 text-xs">
          {JSON.stringify(statement, null, INDENT)}
        </pre>
      </details>
    </section>
  )
}

function sentenceOf({ done, outcome }: Stated): string {
  switch (done.kind) {
    case 'change':
      return outcome === 'succeeded' ? words.change(done.target) : words.changeFailed(done.target)
    case 'call':
      return words.call(done.method, done.path)
    case 'repair':
      return words.repair(done.rows)
    case 'other':
      return words.other
  }
}

function Decided({ stated, names }: { stated: Stated; names: ProofPageOfQuery }) {
  const known = names.proof[0]?.execution?.proposal?.decisions ?? []
  return (
    <ul>
      {stated.decisions.map((one) => (
        <li key={one.id}>
          <Named name={known.find(({ id }) => id === one.id)?.principal?.name ?? words.somebody} exact={one.principal ?? ''} />{' '}
          {words.verdicts[one.verdict] ?? one.verdict} {one.decidedAtMs !== null && <Exact momentMs={one.decidedAtMs} />}
        </li>
      ))}
    </ul>
  )
}

/** A name of today beside the exact thing that was signed. */
function Named({ name, exact }: { name: string | null | undefined; exact: string }) {
  return (
    <>
      {name} <code className="text-xs text-muted-foreground">{exact}</code>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === false || children === undefined) {
    return null
  }
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="mb-1 wrap-anywhere sm:mb-0">{children}</dd>
    </>
  )
}
