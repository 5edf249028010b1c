import { graphql } from '@/__generated__'

/** How many recovery cases the list holds; the newest. */
export const CASES_MAX = 200

export const CASES = graphql(`
  query RecoveryCases($states: [String!]!, $limit: Int!) {
    recovery_case(where: { state: { _in: $states } }, order_by: { created_at: desc }, limit: $limit) {
      id
      kind
      state
      seen
      wanted
      created_at
      harness {
        title
      }
    }
  }
`)

export const CASE = graphql(`
  query RecoveryCase($id: uuid!) {
    recovery_case(where: { id: { _eq: $id } }) {
      id
      kind
      state
      harness_id
      seen
      wanted
      answer
      created_at
      expires_at
      resolved_at
      harness {
        title
      }
      principal {
        name
      }
    }
  }
`)

export const RESOLVE = graphql(`
  mutation ResolveRecoveryCase($input: ResolveRecoveryCase!) {
    resolve_recovery_case(input: $input) {
      state
    }
  }
`)
