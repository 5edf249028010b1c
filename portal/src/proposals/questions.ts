import { graphql } from '@/__generated__'

/** How many proposals the list holds; the newest. */
export const PROPOSALS_MAX = 200

export const PROPOSALS = graphql(`
  query Proposals($states: [String!]!, $limit: Int!) {
    proposal(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {
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
