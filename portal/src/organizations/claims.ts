/** An organization that the person is a member of. */
export interface Membership {
  readonly id: string
  readonly name: string
  readonly role: string
}

/** The organizations that a token names; what is no membership is left out. */
export function membershipsOf(claim: unknown): readonly Membership[] {
  return Array.isArray(claim) ? claim.filter(isMembership).map(({ id, name, role }) => ({ id, name, role })) : []
}

function isMembership(value: unknown): value is Membership {
  if (typeof value !== 'object' || value === null) {
    return false
  }
  const { id, name, role } = value as Readonly<Record<string, unknown>>
  return typeof id === 'string' && typeof name === 'string' && typeof role === 'string'
}
