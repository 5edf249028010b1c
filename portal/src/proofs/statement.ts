import { membersOf, type Members } from '@/proofs/envelope'

/** What a statement about an execution says, member by member; what it does not say is null. */
export interface Stated {
  readonly organization: string | null
  readonly harness: string | null
  readonly done: Done
  readonly commit: string | null
  readonly outcome: string | null
  readonly reason: string | null
  readonly startedAtMs: number | null
  readonly finishedAtMs: number | null
  readonly proposal: { readonly id: string; readonly digest: string | null; readonly principal: string | null } | null
  readonly endpointDigest: string | null
  readonly runtimeAssetDigest: string | null
  readonly decisions: readonly { readonly id: string; readonly principal: string | null; readonly verdict: string; readonly decidedAtMs: number | null }[]
}

/** What was done. */
export type Done =
  | { readonly kind: 'change'; readonly target: string }
  | { readonly kind: 'call'; readonly method: string; readonly path: string }
  | { readonly kind: 'repair'; readonly rows: number }
  | { readonly kind: 'other' }

/** The statement read as one about an execution; a statement of another kind says nothing of it. */
export function statedIn(statement: Members): Stated {
  const predicate = membersOf(statement['predicate'])
  const execution = membersOf(predicate['execution'])
  const proposal = membersOf(predicate['proposal'])
  const bound = membersOf(proposal['bound'])
  const id = text(proposal['id'])
  return {
    organization: text(predicate['organization']),
    harness: text(predicate['harness']),
    done: doneIn(predicate),
    commit: text(membersOf(predicate['change'])['commit']),
    outcome: text(execution['outcome']),
    reason: text(execution['reason']),
    startedAtMs: moment(execution['startedAt']),
    finishedAtMs: moment(execution['finishedAt']),
    proposal: id === null ? null : { id, digest: text(proposal['digest']), principal: text(proposal['principal']) },
    endpointDigest: text(bound['endpoint_digest']),
    runtimeAssetDigest: text(bound['runtime_asset_digest']),
    decisions: list(predicate['decisions']).map((one) => ({
      id: text(one['id']) ?? '',
      principal: text(one['principal']),
      verdict: text(one['verdict']) ?? '',
      decidedAtMs: moment(one['decidedAt']),
    })),
  }
}

function doneIn(predicate: Members): Done {
  const change = membersOf(predicate['change'])
  const call = membersOf(predicate['call'])
  const rows = membersOf(predicate['repair'])['rows']
  if (typeof change['targetBranch'] === 'string') {
    return { kind: 'change', target: change['targetBranch'] }
  }
  if (typeof call['method'] === 'string' && typeof call['path'] === 'string') {
    return { kind: 'call', method: call['method'], path: call['path'] }
  }
  return typeof rows === 'number' ? { kind: 'repair', rows } : { kind: 'other' }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function moment(value: unknown): number | null {
  const momentMs = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isNaN(momentMs) ? null : momentMs
}

function list(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(membersOf) : []
}
