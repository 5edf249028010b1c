import { ROLES_OF } from '@/__generated__/roles'
import type { BoundNowQuery, ProposalQuery } from '@/__generated__/graphql'
import { members, text, whole } from '@/proposals/kinds'
import type { Viewer } from '@/session/viewer'
import { texts } from '@/texts'

/** A proposal as the platform tells it. */
export type Proposal = ProposalQuery['proposal'][number]

/** What a change of a repository is to do; the payload of a proposal of kind `git_change`. */
export interface GitChange {
  readonly baseCommit: string
  readonly targetBranch: string
  readonly verify: string
  readonly filesChanged: number
  readonly patchArtifactId: string
}

/** What a digest binds beside the payload. */
export interface Bound {
  readonly endpointDigest: string
  readonly runtimeAssetDigest: string
  readonly secretContractDigests: readonly string[]
  readonly policyVersion: number
}

/** The states of the two ways to see the list. */
export const STATES = {
  open: ['submitted'],
  all: ['submitted', 'approved', 'rejected', 'withdrawn', 'applied', 'failed'],
} as const

/** The payload of a change of a repository. Absent members, which the platform never leaves out, become empty. */
export function gitChangeOf(payload: unknown): GitChange {
  const from = members(payload)
  return {
    baseCommit: text(from['base_commit']),
    targetBranch: text(from['target_branch']),
    verify: text(from['verify']),
    filesChanged: whole(from['files_changed']),
    patchArtifactId: text(from['patch_artifact_id']),
  }
}

/** What a proposal's digest binds. */
export function boundOf(bound: unknown): Bound {
  const from = members(bound)
  const secrets: unknown = from['secret_contract_digests']
  return {
    endpointDigest: text(from['endpoint_digest']),
    runtimeAssetDigest: text(from['runtime_asset_digest']),
    secretContractDigests: Array.isArray(secrets) ? secrets.map(text) : [],
    policyVersion: whole(from['policy_version']),
  }
}

/** What a digest binds as it stands now; null: the endpoint or the runtime asset is not there any more. */
export interface BoundNow {
  readonly endpoint: BoundNowQuery['endpoint'][number] | undefined
  readonly runtimeAsset: BoundNowQuery['runtime_asset'][number] | undefined
  readonly policyVersion: number | undefined
}

/** The parts of what a proposal binds that are not any more as they were when it was made. */
export function changedOf(bound: Bound, now: BoundNow): ReadonlySet<keyof Bound> {
  const secret = now.endpoint?.secret_contract?.digest
  const changed: (readonly [keyof Bound, boolean])[] = [
    ['endpointDigest', now.endpoint?.digest !== bound.endpointDigest],
    ['runtimeAssetDigest', now.runtimeAsset?.digest !== bound.runtimeAssetDigest],
    ['secretContractDigests', (secret ?? '') !== bound.secretContractDigests.join()],
    ['policyVersion', now.policyVersion !== bound.policyVersion],
  ]
  return new Set(changed.filter(([, isChanged]) => isChanged).map(([part]) => part))
}

/** Why the viewer may not do this now, in a sentence; null: they may. The platform judges again. */
export const whyNot = {
  decide: (proposal: Proposal, viewer: Viewer, nowMs: number): string | null => {
    const off = texts.decide.off
    if (proposal.state !== 'submitted') {
      return off.state
    }
    if (!has(ROLES_OF.ApproveProposal, viewer)) {
      return off.role
    }
    if (proposal.principal_id === viewer.principalId) {
      return off.own
    }
    if (proposal.decisions.some((decision) => decision.principal_id === viewer.principalId)) {
      return off.decided
    }
    return Date.parse(proposal.expires_at) <= nowMs ? off.expired : null
  },
  withdraw: (proposal: Proposal, viewer: Viewer): string | null => {
    if (proposal.state !== 'submitted') {
      return texts.decide.off.state
    }
    const isOwn = proposal.principal_id === viewer.principalId && has(ROLES_OF.WithdrawProposal, viewer)
    return isOwn ? null : texts.decide.off.notOwn
  },
}

function has(roles: readonly string[], viewer: Viewer): boolean {
  return viewer.role !== null && roles.includes(viewer.role)
}
