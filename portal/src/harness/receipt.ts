/** What a harness took up of an earlier one, and what of that was lost. */
export interface Receipt {
  readonly isFresh: boolean
  readonly fromHarnessId: string | null
  readonly survived: readonly Note[]
  readonly lost: readonly Note[]
}

export interface Note {
  readonly what: string
  readonly detail: string
}

/** The receipt that a harness's column holds; members that are not there become empty. */
export function receiptOf(column: unknown): Receipt {
  const from = members(column)
  const fromHarnessId = from['from_harness_id']
  return {
    isFresh: from['continuity'] !== 'resume',
    fromHarnessId: typeof fromHarnessId === 'string' ? fromHarnessId : null,
    survived: notes(from['survived']),
    lost: notes(from['lost']),
  }
}

function notes(value: unknown): readonly Note[] {
  return Array.isArray(value) ? value.map(members).map(({ what, detail }) => ({ what: text(what), detail: text(detail) })) : []
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
