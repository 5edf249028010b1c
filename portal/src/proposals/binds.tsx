import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { Copy } from '@/components/ui/copy'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { boundOf, changedOf, gitChangeOf, type Bound, type BoundNow, type Proposal } from '@/proposals/proposal'
import { texts } from '@/texts'
import { proposalKindsTexts } from '@/texts/proposal-kinds'
import { Exact } from '@/time/times'
import { CodeText } from '@/patch/code-text'

const words = texts.proposals
const NONE: ReadonlySet<keyof Bound> = new Set()

interface BindsProps {
  readonly proposal: Proposal
  readonly now: BoundNow | undefined
}

/** The digest, and everything that makes another digest of it when it changes. */
export function Binds({ proposal, now }: BindsProps) {
  const bound = boundOf(proposal.bound)
  // What was decided stays as it was, whatever changed later.
  const changed = now === undefined || proposal.state !== 'submitted' ? NONE : changedOf(bound, now)
  const secret = now?.endpoint?.secret_contract?.name
  return (
    <section aria-label={words.binds} className="flex flex-col gap-2">
      <h2 className="font-medium">{words.binds}</h2>
      {changed.size > 0 && <Notice tone="waiting">{proposalKindsTexts.binds.stale}</Notice>}
      <Facts>
        <Fact name={words.digest}>
          <code>{proposal.digest}</code> <Copy text={proposal.digest} what={words.digest} />
        </Fact>
        {proposal.kind === 'git_change' && <GitFacts proposal={proposal} />}
        <Fact name={words.endpoint}>
          <Where step="endpoints">{now?.endpoint?.name}</Where> <Bit digest={bound.endpointDigest} changed={changed.has('endpointDigest')} />
        </Fact>
        <Fact name={words.runtimeAsset}>
          <Where step="runtimes">{now?.runtimeAsset?.name}</Where> <Bit digest={bound.runtimeAssetDigest} changed={changed.has('runtimeAssetDigest')} />
        </Fact>
        <Fact name={words.secretContracts}>
          {bound.secretContractDigests.length === 0 && <Bit digest={words.noSecretContracts} changed={changed.has('secretContractDigests')} />}
          {bound.secretContractDigests.map((digest) => (
            <span key={digest}>
              <Where step="secrets">{secret}</Where> <Bit digest={digest} changed={changed.has('secretContractDigests')} />
            </span>
          ))}
        </Fact>
        <Fact name={words.policyVersion}>
          <Where step="organization">{String(bound.policyVersion)}</Where> <Bit digest="" changed={changed.has('policyVersion')} />
        </Fact>
        <Fact name={words.expires}>
          <Exact momentMs={Date.parse(proposal.expires_at)} />
        </Fact>
      </Facts>
    </section>
  )
}

function GitFacts({ proposal }: { proposal: Proposal }) {
  const change = gitChangeOf(proposal.payload)
  return (
    <>
      <Fact name={words.baseCommit}>
        <code>{change.baseCommit}</code>
      </Fact>
      <Fact name={words.targetBranch}>{change.targetBranch}</Fact>
      <Fact name={words.verify}>
        <code className="whitespace-pre-wrap"><CodeText text={change.verify} /></code>
      </Fact>
    </>
  )
}

function Where({ step, children }: { step: 'endpoints' | 'runtimes' | 'secrets' | 'organization'; children: ReactNode }) {
  return (
    <Link to="/onboarding" search={{ step }} className="underline">
      {children}
    </Link>
  )
}

function Bit({ digest, changed }: { digest: string; changed: boolean }) {
  return (
    <>
      <code className="text-muted-foreground">{digest}</code>
      {changed && <span className="ml-2 font-medium text-waiting">{proposalKindsTexts.binds.changed}</span>}
    </>
  )
}
