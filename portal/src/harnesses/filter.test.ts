import { describe, expect, it } from 'vitest'

import { harnessSearchOf } from '@/harnesses/filter'

describe('what an address looks for', () => {
  it('may be of digits alone, which come out of it as a number', () => {
    expect(harnessSearchOf({ q: 404, mine: true })).toEqual({ q: '404', mine: true })
  })
  it('is left out where it makes no sense', () => {
    expect(harnessSearchOf({ q: {}, mine: 'yes', group: 'toString', purpose: 'none' })).toEqual({})
  })
})
