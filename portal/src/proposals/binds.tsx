import type { ReactNode } from 'react'

import { boundOf, gitChangeOf, type Proposal } from '@/proposals/proposal'
import { texts } from '@/texts'
import { Exact } from '@/time/times'

const words = texts.proposals

/** The digest, and everything that makes another digest of it when it changes. */
export function Binds({ proposal }: { proposal: Proposal }) {
  const bound = boundOf(proposal.bound)
  const change = gitChangeOf(proposal.payload)
  return (
    <section aria-label={words.binds} className="flex flex-col gap-2">
      <h2 className="font-medium">{words.binds}</h2>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Fact name={words.digest}>
          <code>{proposal.digest}</code>
        </Fact>
        <Fact name={words.baseCommit}>
          <code>{change.baseCommit}</code>
        </Fact>
        <Fact name={words.targetBranch}>{change.targetBranch}</Fact>
        <Fact name={words.verify}>
          <code className="whitespace-pre-wrap">{change.verify}</code>
        </Fact>
        <Fact name={words.endpoint}>
          {proposal.endpoint?.name} <code className="text-muted-foreground">{bound.endpointDigest}</code>
        </Fact>
        <Fact name={words.runtimeAsset}>
          <code>{bound.runtimeAssetDigest}</code>
        </Fact>
        <Fact name={words.secretContracts}>
          {bound.secretContractDigests.length === 0 ? words.noSecretContracts : bound.secretContractDigests.map((digest) => <code key={digest}>{digest}</code>)}
        </Fact>
        <Fact name={words.policyVersion}>{bound.policyVersion}</Fact>
        <Fact name={words.expires}>
          <Exact momentMs={Date.parse(proposal.expires_at)} />
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="mb-1 wrap-anywhere sm:mb-0">{children}</dd>
    </>
  )
}
