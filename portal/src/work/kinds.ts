/** What work may be: a change of a repository, or one call of an endpoint. */
export const WORK_KINDS = ['change', 'call'] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** The kind that an address names; a change if it names none. */
export function workKindOf(named: unknown): WorkKind {
  return WORK_KINDS.find((kind) => kind === named) ?? 'change'
}
