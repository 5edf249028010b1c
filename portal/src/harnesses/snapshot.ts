import { graphql } from '@/__generated__'
import { harnessOf, type Harness } from '@/harnesses/projection'
import type { Ask } from '@/platform/graphql'

// The first page is there at once; the most that the platform gives is then asked for.
const FIRST_PAGE = 200
const PAGE = 1000

/** Some harnesses, and whether there are more in the same direction. */
export interface Page {
  readonly harnesses: readonly Harness[]
  readonly more: boolean
}

/** Reads harnesses by their positions, which only grow: what changes while pages are read is found by `since`. */
export interface Reader {
  /** The latest changed, or those that changed last before a position. */
  readonly before: (position: number | null) => Promise<Page>
  /** Those that changed since a position, the earliest first, and how many there are in all. */
  readonly since: (position: number) => Promise<Page & { readonly total: number }>
}

graphql(`
  fragment HarnessRow on harness_projection {
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
    principal_id
    proposal_id
    proposal_state
    recovery_case_id
    proof_id
    last_position
    started_at
    updated_at
    finished_at
  }
`)

const BEFORE = graphql(`
  query HarnessesBefore($position: bigint!, $limit: Int!) {
    harness_projection(where: { last_position: { _lt: $position } }, order_by: { last_position: desc }, limit: $limit) {
      ...HarnessRow
    }
  }
`)

const SINCE = graphql(`
  query HarnessesSince($position: bigint!, $limit: Int!) {
    harness_projection(where: { last_position: { _gt: $position } }, order_by: { last_position: asc }, limit: $limit) {
      ...HarnessRow
    }
    harness_projection_aggregate {
      aggregate {
        count
      }
    }
  }
`)

/** Reads the harnesses of the viewer's organization; both ways throw `GraphqlFailure`, and `OddRow` for what is no harness. */
export function harnessReader(ask: Ask): Reader {
  return {
    before: async (position) => {
      const limit = position === null ? FIRST_PAGE : PAGE
      const { harness_projection: rows } = await ask(BEFORE, { position: position ?? Number.MAX_SAFE_INTEGER, limit })
      return { harnesses: rows.map(harnessOf), more: rows.length === limit }
    },
    since: async (position) => {
      const { harness_projection: rows, harness_projection_aggregate: all } = await ask(SINCE, { position, limit: PAGE })
      return { harnesses: rows.map(harnessOf), more: rows.length === PAGE, total: all.aggregate?.count ?? rows.length }
    },
  }
}
