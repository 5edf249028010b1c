import { graphql } from '@/__generated__'
import { harnessOf, type Harness } from '@/harnesses/projection'
import type { Ask } from '@/platform/graphql'

/** How many harnesses the page holds; the ones that changed last. */
export const HARNESSES_MAX = 200

const HARNESSES = graphql(`
  query Harnesses($limit: Int!) {
    harness_projection(order_by: { updated_at: desc }, limit: $limit) {
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
`)

/** The harnesses of the viewer's organization that changed last. Throws `GraphqlFailure`. */
export async function readHarnesses(ask: Ask): Promise<readonly Harness[]> {
  const { harness_projection: rows } = await ask(HARNESSES, { limit: HARNESSES_MAX })
  return rows.map(harnessOf)
}
