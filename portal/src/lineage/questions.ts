import { graphql } from '@/__generated__'

/** What a harness's path is made of, with what people call it. */
export const PATH = graphql(`
  query LineageOf($harness: uuid!) {
    harness(where: { id: { _eq: $harness } }) {
      id
      title
      state
      work {
        id
        title
      }
      artifacts(order_by: { created_at: asc }, limit: 60) {
        id
        name
      }
    }
    proposal(where: { harness_id: { _eq: $harness } }, limit: 20) {
      id
      title
      state
      decisions {
        id
        verdict
        principal {
          name
        }
      }
    }
    execution(where: { harness_id: { _eq: $harness } }, limit: 20) {
      id
      command_id
      state
      proof {
        id
        outcome
        leaf_index
      }
    }
  }
`)

/** The edges that leave these things. */
export const EDGES = graphql(`
  query LineageEdges($where: lineage_edge_bool_exp!) {
    lineage_edge(where: $where, order_by: { created_at: asc }, limit: 300) {
      from_kind
      from_id
      relation
      to_kind
      to_id
    }
  }
`)
