import { graphql } from '@/__generated__'
import type { HarnessFactsQuery } from '@/__generated__/graphql'

/** What stands beside the live row of a harness. */
export type Facts = HarnessFactsQuery['harness'][number]
export type ArtifactHead = Facts['artifacts'][number]

/** The live row of one harness, for those that are not among the ones that the portal follows. */
export const ONE_HARNESS = graphql(`
  query OneHarness($id: uuid!) {
    harness_projection(where: { harness_id: { _eq: $id } }) {
      ...HarnessRow
    }
  }
`)

export const FACTS = graphql(`
  query HarnessFacts($id: uuid!) {
    harness(where: { id: { _eq: $id } }) {
      id
      command_id
      continuity_receipt
      kept {
        until
        taken_by
      }
      principal {
        name
      }
      work {
        id
        title
        endpoint {
          name
        }
        runtime_asset {
          name
        }
      }
      artifacts(order_by: { created_at: asc }, limit: 200) {
        id
        name
        media_type
        digest
        size_bytes
        truncated
        created_at
      }
    }
    failure: portal_live_events(
      where: { harness_id: { _eq: $id }, type: { _eq: "HarnessFailed" } }
      order_by: { position: desc }
      limit: 1
    ) {
      data_beginning
    }
  }
`)

export const ARTIFACT_BODY = graphql(`
  query ArtifactBody($id: uuid!) {
    artifact(where: { id: { _eq: $id } }) {
      encoding
      body
    }
  }
`)

export const CANCEL = graphql(`
  mutation CancelHarness($input: CancelHarness!) {
    cancel_harness(input: $input) {
      state
    }
  }
`)

export const LAUNCH_AGAIN = graphql(`
  mutation LaunchAgain($input: LaunchWork!) {
    launch_work(input: $input) {
      id
    }
  }
`)

/** How launches came about: operators and owners alone may ask. */
export const LAUNCHES = graphql(`
  query LaunchDiagnostics($id: uuid!) {
    launch_diagnostic(where: { harness_id: { _eq: $id } }, order_by: { created_at: asc }, limit: 200) {
      id
      runtime_kind
      runtime_name
      origin
      duration_ms
      created_at
    }
  }
`)

/** Events on one side of a position, nearest first; their data only as far as a line of it goes. */
export const EVENTS = graphql(`
  query HarnessEvents($id: uuid!, $beyond: bigint_comparison_exp!, $order: order_by!, $limit: Int!) {
    portal_live_events(
      where: { harness_id: { _eq: $id }, position: $beyond }
      order_by: { position: $order }
      limit: $limit
    ) {
      position
      event_id
      type
      subject
      occurred_at
      data_beginning
      data_size_bytes
    }
  }
`)

export const EVENT_DATA = graphql(`
  query EventData($id: uuid!, $position: bigint!) {
    portal_live_events(where: { harness_id: { _eq: $id }, position: { _eq: $position } }) {
      data
    }
  }
`)
