import type { LineageEdgesQuery, LineageOfQuery } from '@/__generated__/graphql'
import { texts } from '@/texts'

/** A thing of the lineage. */
export interface Thing {
  /** Its kind and id; no two things share it. */
  readonly key: string
  readonly kind: string
  readonly id: string
  readonly label: string
  /** The address of the page that shows it; null: none does. */
  readonly address: Address | null
}

/** An address of a page of ours. */
export type Address =
  | { readonly to: '/harnesses/$harnessId'; readonly params: { readonly harnessId: string }; readonly search?: { readonly show: 'artifacts'; readonly artifact: string } }
  | { readonly to: '/proposals/$proposalId'; readonly params: { readonly proposalId: string } }
  | { readonly to: '/work/$workId'; readonly params: { readonly workId: string } }
  | { readonly to: '/proofs/$proofId'; readonly params: { readonly proofId: string } }

/** How one thing is tied to another. */
export interface Tie {
  readonly from: Thing
  readonly relation: string
  readonly to: Thing
}

type Edge = LineageEdgesQuery['lineage_edge'][number]
type Fact = readonly [kind: string, id: string, label: string, address: Address | null]

const SHORT = 8

/** What leads to the edges of a harness's path: every thing that the platform knows of it. */
export function thingsOf(answer: LineageOfQuery): readonly Thing[] {
  const [harness] = answer.harness
  const verdicts: Readonly<Record<string, string>> = texts.proofs.statement.verdicts
  const facts: Fact[] = []
  if (harness !== undefined) {
    const { id, work } = harness
    if (work !== null) {
      facts.push(['work', work.id, work.title, { to: '/work/$workId', params: { workId: work.id } }])
    }
    facts.push(['harness', id, harness.title, { to: '/harnesses/$harnessId', params: { harnessId: id } }])
    for (const artifact of harness.artifacts) {
      facts.push(['artifact', artifact.id, artifact.name, { to: '/harnesses/$harnessId', params: { harnessId: id }, search: { show: 'artifacts', artifact: artifact.id } }])
    }
  }
  for (const { id, title, decisions } of answer.proposal) {
    const address: Address = { to: '/proposals/$proposalId', params: { proposalId: id } }
    facts.push(['proposal', id, title, address])
    for (const { id: decisionId, verdict, principal } of decisions) {
      facts.push(['decision', decisionId, `${principal?.name ?? ''} ${verdicts[verdict] ?? verdict}`.trim(), address])
    }
  }
  for (const { id, command_id, state, proof } of answer.execution) {
    facts.push(['command', command_id, command_id.slice(0, SHORT), null], ['execution', id, texts.executions[state] ?? state, null])
    if (proof !== null) {
      facts.push(['proof', proof.id, texts.proofs.leaf(proof.leaf_index), { to: '/proofs/$proofId', params: { proofId: proof.id } }])
    }
  }
  return facts.map(([kind, id, label, address]) => ({ key: keyOf(kind, id), kind, id, label, address }))
}

/** The condition on edges that leave any of the things; by kind, so that the database finds them by its key. */
export function edgesFrom(things: readonly Thing[]) {
  const kinds = [...new Set(things.map(({ kind }) => kind))]
  return { _or: kinds.map((kind) => ({ from_kind: { _eq: kind }, from_id: { _in: things.filter((one) => one.kind === kind).map(({ id }) => id) } })) }
}

/** The ties that the edges tell of, between things that have a name where one is known. */
export function tiesOf(things: readonly Thing[], edges: readonly Edge[]): readonly Tie[] {
  const known = new Map(things.map((thing) => [thing.key, thing]))
  const thing = (kind: string, id: string): Thing =>
    known.get(keyOf(kind, id)) ?? { key: keyOf(kind, id), kind, id, label: id.slice(0, SHORT), address: addressOf(kind, id) }
  return edges.map((edge) => ({
    from: thing(edge.from_kind, edge.from_id),
    relation: edge.relation.replaceAll('_', ' '),
    to: thing(edge.to_kind, edge.to_id),
  }))
}

/** Every thing that is tied to another, each once. */
export function tied(ties: readonly Tie[]): readonly Thing[] {
  return [...new Map(ties.flatMap(({ from, to }) => [from, to]).map((thing) => [thing.key, thing])).values()]
}

function addressOf(kind: string, id: string): Address | null {
  return kind === 'harness' ? { to: '/harnesses/$harnessId', params: { harnessId: id } } : null
}

function keyOf(kind: string, id: string): string {
  return `${kind} ${id}`
}
