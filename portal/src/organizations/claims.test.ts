import { describe, expect, it } from 'vitest'

import { membershipsOf } from '@/organizations/claims'

const ACME = { id: 'a', name: 'Acme', role: 'owner' }

describe('the organizations of a token', () => {
  it('are read in the order of the token, this one first', () => {
    const books = { id: 'b', name: 'Zoë’s books', role: 'viewer' }
    expect(membershipsOf([ACME, books])).toEqual([ACME, books])
  })
  it('are those only that have an id, a name and a role', () => {
    expect(membershipsOf([null, 7, 'Acme', {}, { ...ACME, name: 7 }, { ...ACME, id: undefined }, { ...ACME, secret: 'x' }])).toEqual([ACME])
  })
  it.each([undefined, null, 'Acme', 7, ACME])('are none where the claim is %s', (claim) => {
    expect(membershipsOf(claim)).toEqual([])
  })
})
