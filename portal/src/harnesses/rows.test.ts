import { describe, expect, it } from 'vitest'

import { afterSnapshot, grouped, withHarness, withoutHarness, type Rows } from '@/harnesses/rows'
import { harness } from '@/harnesses/testing'

const at = (harnessId: string, lastPosition: number) => harness({ harnessId, lastPosition })
const rows = (...all: ReturnType<typeof at>[]): Rows => new Map(all.map((one) => [one.harnessId, one]))
const positions = (given: Rows) => Object.fromEntries([...given].map(([id, one]) => [id, one.lastPosition]))

describe('a row', () => {
  it('replaces an older reading', () => {
    expect(positions(withHarness(rows(at('a', 3)), at('a', 4)))).toEqual({ a: 4 })
  })

  it.each([3, 2])('with position %i does not replace one with position 3', (position) => {
    const before = rows(at('a', 3))

    expect(withHarness(before, at('a', position))).toBe(before)
  })

  it('is added if it is new, and the map before stays as it was', () => {
    const before = rows(at('a', 3))

    expect(positions(withHarness(before, at('b', 1)))).toEqual({ a: 3, b: 1 })
    expect(positions(before)).toEqual({ a: 3 })
  })

  it('is taken out by its id', () => {
    expect(positions(withoutHarness(rows(at('a', 3), at('b', 4)), 'a'))).toEqual({ b: 4 })
  })
})

describe('a snapshot', () => {
  it('does not put back a row that changed while it was under way', () => {
    expect(positions(afterSnapshot(rows(at('a', 9)), [at('a', 8)], new Set(['a'])))).toEqual({ a: 9 })
  })

  it('brings what was missed', () => {
    expect(positions(afterSnapshot(rows(at('a', 3)), [at('a', 5), at('b', 4)], new Set()))).toEqual({ a: 5, b: 4 })
  })

  it('takes out what it lacks, but not what arrived while it was under way', () => {
    expect(positions(afterSnapshot(rows(at('old', 1), at('new', 7)), [], new Set(['new'])))).toEqual({ new: 7 })
  })
})

describe('groups', () => {
  it('hold every phase, and one that nobody knows is under way', () => {
    const phases = ['queued', 'awaiting_recovery', 'awaiting_decision', 'proving', 'succeeded', 'failed', 'cancelled', 'dreaming']
    const groups = grouped(new Map(phases.map((phase) => [phase, harness({ harnessId: phase, phase })])))

    expect(groups.waiting.map((one) => one.phase).sort()).toEqual(['awaiting_decision', 'awaiting_recovery'])
    expect(groups.underWay.map((one) => one.phase).sort()).toEqual(['dreaming', 'proving', 'queued'])
    expect(groups.ended.map((one) => one.phase).sort()).toEqual(['cancelled', 'failed', 'succeeded'])
  })

  it('keep open harnesses in their place when they change, and put what ended last first', () => {
    const given = [
      harness({ harnessId: 'early', startedAtMs: 1, updatedAtMs: 99 }),
      harness({ harnessId: 'late', startedAtMs: 2, updatedAtMs: 2 }),
      harness({ harnessId: 'ended first', startedAtMs: 9, finishedAtMs: 10, phase: 'succeeded' }),
      harness({ harnessId: 'ended last', startedAtMs: 3, finishedAtMs: 11, phase: 'failed' }),
    ]
    const groups = grouped(new Map(given.map((one) => [one.harnessId, one])))

    expect(groups.underWay.map((one) => one.harnessId)).toEqual(['late', 'early'])
    expect(groups.ended.map((one) => one.harnessId)).toEqual(['ended last', 'ended first'])
  })
})
