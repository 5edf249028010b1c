import { graphql } from '@/__generated__'

/** How many proposals the list holds; the newest. */
export const PROPOSALS_MAX = 200

export const PROPOSALS = graphql(`
  query Proposals($states: [String!]!, $limit: Int!) {
    proposal(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {
      id
      kind
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
`)

export const WAITING = graphql(`
  query WaitingProposals($limit: Int!) {
    proposal(where: { state: { _eq: "submitted" } }, limit: $limit) {
      id
    }
  }
`)

export const BOUND_NOW = graphql(`
  query BoundNow($endpointId: uuid!, $runtimeAssetId: uuid!) {
    endpoint(where: { id: { _eq: $endpointId } }) {
      name
      public_url
      executor_url
      auth_kind
      digest
      secret_contract {
        name
        digest
      }
    }
    runtime_asset(where: { id: { _eq: $runtimeAssetId } }) {
      name
      digest
    }
    organization {
      policy_version
    }
  }
`)

export const PROPOSAL = graphql(`
  query Proposal($id: uuid!) {
    proposal(where: { id: { _eq: $id } }) {
      id
      kind
      title
      state
      digest
      payload
      bound
      harness_id
      work_id
      endpoint_id
      runtime_asset_id
      principal_id
      created_at
      expires_at
      principal {
        name
        email
      }
      decisions(order_by: { decided_at: asc }) {
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
      executions(order_by: { started_at: asc }) {
        id
        state
        reason
        commit_id
      }
    }
  }
`)

export const PATCH = graphql(`
  query Patch($id: uuid!) {
    artifact(where: { id: { _eq: $id } }) {
      encoding
      body
      truncated
    }
  }
`)

export const APPROVE = graphql(`
  mutation ApproveProposal($input: ApproveProposal!) {
    approve_proposal(input: $input) {
      state
    }
  }
`)

export const REJECT = graphql(`
  mutation RejectProposal($input: RejectProposal!) {
    reject_proposal(input: $input) {
      state
    }
  }
`)

export const WITHDRAW = graphql(`
  mutation WithdrawProposal($input: WithdrawProposal!) {
    withdraw_proposal(input: $input) {
      state
    }
  }
`)
