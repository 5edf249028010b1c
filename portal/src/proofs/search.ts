/** What the address of the list says; what is left out is as most people want it. */
export interface ProofsSearch {
  readonly q?: string | undefined
  readonly outcome?: 'succeeded' | 'failed' | undefined
  /** The list goes on behind this leaf. */
  readonly before?: number | undefined
}

const QUERY_MAX = 200
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const COMMIT = /^[0-9a-f]{4,40}$/i

/** What the address says; what makes no sense is left out. */
export function proofsSearch(search: Readonly<Record<string, unknown>>): ProofsSearch {
  const { q, outcome, before } = search
  // A search of digits alone comes out of an address as a number.
  const query = typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, QUERY_MAX) : ''
  return {
    ...(query !== '' && { q: query }),
    ...((outcome === 'succeeded' || outcome === 'failed') && { outcome }),
    ...(typeof before === 'number' && Number.isSafeInteger(before) && before > 0 && { before }),
  }
}

/** The same as a condition on proofs. */
export function whereOf({ q, outcome, before }: ProofsSearch) {
  const sought = q?.trim() ?? ''
  return {
    _and: [
      ...(outcome === undefined ? [] : [{ outcome: { _eq: outcome } }]),
      ...(before === undefined ? [] : [{ leaf_index: { _lt: before } }]),
      ...(sought === '' ? [] : [{ _or: [...byId(sought), ...byCommit(sought), { projection: { title: { _ilike: `%${literal(sought)}%` } } }] }]),
    ],
  }
}

function byId(sought: string) {
  const same = { _eq: sought }
  return UUID.test(sought) ? [{ id: same }, { execution_id: same }, { harness_id: same }] : []
}

function byCommit(sought: string) {
  return COMMIT.test(sought) ? [{ execution: { commit_id: { _ilike: `${sought}%` } } }] : []
}

/** The text as a pattern that means only itself. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
