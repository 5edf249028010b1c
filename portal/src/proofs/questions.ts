import { graphql } from '@/__generated__'

/** How many proofs a page of the list holds. */
export const PAGE_MAX = 50

export const PROOFS = graphql(`
  query ProofPage($where: proof_bool_exp!, $limit: Int!) {
    proof(where: $where, order_by: { leaf_index: desc }, limit: $limit) {
      id
      outcome
      leaf_index
      recorded_at
      projection {
        title
        purpose
      }
      execution {
        commit_id
      }
    }
  }
`)

export const PROOF = graphql(`
  query ProofPageOf($id: uuid!) {
    verify_proof(input: { proof_id: $id }) {
      proof_id
      execution_id
      outcome
      verified
      checks {
        name
        holds
        detail
      }
      envelope
      leaf_index
      tree_size
      inclusion_path
      checkpoint
      key_id
      public_key_pem
    }
    proof(where: { id: { _eq: $id } }) {
      harness_id
      recorded_at
      signing_key {
        public_key_pem
        created_at
      }
      projection {
        title
      }
      execution {
        proposal {
          title
          principal {
            name
          }
          endpoint {
            name
            public_url
          }
          work {
            runtime_asset {
              name
              kind
            }
          }
          decisions {
            id
            principal {
              name
            }
          }
        }
      }
    }
    organization {
      id
      name
    }
  }
`)

export const CONSISTENCY = graphql(`
  query ProofConsistency($from: Int!, $to: Int!) {
    log_consistency(input: { from_size: $from, to_size: $to }) {
      path
    }
  }
`)
