/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Approve exactly this digest; the last approval that the policy asks for queues the execution. */
export type ApproveProposal = {
  digest: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  proposal_id: string;
  reason?: string | null | undefined;
};

/** Reject exactly this digest, with a reason. */
export type RejectProposal = {
  digest: string;
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  proposal_id: string;
  reason: string;
};

/** Take one's own proposal back while it is under review. */
export type WithdrawProposal = {
  /** Chosen by the caller; the same key with the same input is the same request. */
  idempotency_key: string;
  proposal_id: string;
};

export type HarnessesQueryVariables = Exact<{
  limit: number;
}>;


export type HarnessesQuery = { harness_projection: Array<{ harness_id: string, purpose: string, title: string, continuity: string, phase: string, headline: string, step: string | null, steps_done: number, steps_total: number, interaction: string | null, browser_observed: boolean, needs: string | null, work_id: string | null, proposal_id: string | null, proposal_state: string | null, proof_id: string | null, last_position: number, started_at: string, updated_at: string, finished_at: string | null }> };

export type ProposalsQueryVariables = Exact<{
  states: Array<string> | string;
  limit: number;
}>;


export type ProposalsQuery = { proposal: Array<{ id: string, title: string, state: string, created_at: string, expires_at: string, payload: unknown, principal: { name: string } | null }> };

export type ProposalQueryVariables = Exact<{
  id: string;
}>;


export type ProposalQuery = { proposal: Array<{ id: string, kind: string, title: string, state: string, digest: string, payload: unknown, bound: unknown, harness_id: string, principal_id: string, created_at: string, expires_at: string, principal: { name: string, email: string | null } | null, endpoint: { name: string } | null, decisions: Array<{ id: string, verdict: string, digest: string, reason: string | null, decided_at: string, principal_id: string, principal: { name: string } | null }>, executions: Array<{ id: string, state: string, reason: string | null, commit_id: string | null }> }> };

export type PatchQueryVariables = Exact<{
  id: string;
}>;


export type PatchQuery = { artifact: Array<{ encoding: string, body: string, truncated: boolean }> };

export type ApproveProposalMutationVariables = Exact<{
  input: ApproveProposal;
}>;


export type ApproveProposalMutation = { approve_proposal: { state: string } };

export type RejectProposalMutationVariables = Exact<{
  input: RejectProposal;
}>;


export type RejectProposalMutation = { reject_proposal: { state: string } };

export type WithdrawProposalMutationVariables = Exact<{
  input: WithdrawProposal;
}>;


export type WithdrawProposalMutation = { withdraw_proposal: { state: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const HarnessesDocument = new TypedDocumentString(`
    query Harnesses($limit: Int!) {
  harness_projection(order_by: {updated_at: desc}, limit: $limit) {
    harness_id
    purpose
    title
    continuity
    phase
    headline
    step
    steps_done
    steps_total
    interaction
    browser_observed
    needs
    work_id
    proposal_id
    proposal_state
    proof_id
    last_position
    started_at
    updated_at
    finished_at
  }
}
    `) as unknown as TypedDocumentString<HarnessesQuery, HarnessesQueryVariables>;
export const ProposalsDocument = new TypedDocumentString(`
    query Proposals($states: [String!]!, $limit: Int!) {
  proposal(
    where: {state: {_in: $states}}
    order_by: {created_at: desc}
    limit: $limit
  ) {
    id
    title
    state
    created_at
    expires_at
    payload
    principal {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ProposalsQuery, ProposalsQueryVariables>;
export const ProposalDocument = new TypedDocumentString(`
    query Proposal($id: uuid!) {
  proposal(where: {id: {_eq: $id}}) {
    id
    kind
    title
    state
    digest
    payload
    bound
    harness_id
    principal_id
    created_at
    expires_at
    principal {
      name
      email
    }
    endpoint {
      name
    }
    decisions(order_by: {decided_at: asc}) {
      id
      verdict
      digest
      reason
      decided_at
      principal_id
      principal {
        name
      }
    }
    executions(order_by: {started_at: asc}) {
      id
      state
      reason
      commit_id
    }
  }
}
    `) as unknown as TypedDocumentString<ProposalQuery, ProposalQueryVariables>;
export const PatchDocument = new TypedDocumentString(`
    query Patch($id: uuid!) {
  artifact(where: {id: {_eq: $id}}) {
    encoding
    body
    truncated
  }
}
    `) as unknown as TypedDocumentString<PatchQuery, PatchQueryVariables>;
export const ApproveProposalDocument = new TypedDocumentString(`
    mutation ApproveProposal($input: ApproveProposal!) {
  approve_proposal(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<ApproveProposalMutation, ApproveProposalMutationVariables>;
export const RejectProposalDocument = new TypedDocumentString(`
    mutation RejectProposal($input: RejectProposal!) {
  reject_proposal(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<RejectProposalMutation, RejectProposalMutationVariables>;
export const WithdrawProposalDocument = new TypedDocumentString(`
    mutation WithdrawProposal($input: WithdrawProposal!) {
  withdraw_proposal(input: $input) {
    state
  }
}
    `) as unknown as TypedDocumentString<WithdrawProposalMutation, WithdrawProposalMutationVariables>;