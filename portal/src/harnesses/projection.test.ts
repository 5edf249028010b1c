import { describe, expect, it } from 'vitest'

import { harnessOf, OddRow } from '@/harnesses/projection'
import { row } from '@/harnesses/testing'

describe('a harness', () => {
  it('is read from a row of the wire', () => {
    const read = harnessOf(row({ harness_id: 'a', last_position: 12, needs: 'an approval' }))

    expect(read).toMatchObject({ harnessId: 'a', lastPosition: 12, needs: 'an approval', finishedAtMs: null })
    expect(read.startedAtMs).toBe(Date.UTC(2026, 10, 22, 13, 0, 0, 123))
  })

  it('has the same position whether the server sends 64-bit numbers as numbers or as text', () => {
    expect(harnessOf(row({ harness_id: 'a', last_position: '12' })).lastPosition).toBe(12)
  })

  const columns = Object.keys(row({ harness_id: 'a' })).filter((name) => name !== 'browser_observed')

  it.each(columns)('is not read from a row without %s', (name) => {
    const rest = Object.fromEntries(Object.entries(row({ harness_id: 'a' })).filter(([column]) => column !== name))

    expect(() => harnessOf(rest)).toThrow(OddRow)
  })
})
