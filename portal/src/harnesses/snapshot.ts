import { COLUMNS, harnessOf, type Harness, type Row } from '@/harnesses/projection'
import type { Ask } from '@/platform/graphql'

/** How many harnesses the page holds; the ones that changed last. */
export const HARNESSES_MAX = 200

const QUERY = `query Harnesses($limit: Int!) {
  harness_projection(order_by: {updated_at: desc}, limit: $limit) { ${COLUMNS.join(' ')} }
}`

/** The harnesses of the viewer's organization that changed last. Throws `GraphqlFailure`. */
export async function readHarnesses(ask: Ask): Promise<readonly Harness[]> {
  const data = await ask(QUERY, { limit: HARNESSES_MAX })
  return (data['harness_projection'] as readonly Row[]).map(harnessOf)
}
