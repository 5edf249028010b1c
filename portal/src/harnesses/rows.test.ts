import { describe, expect, it } from 'vitest'

import { groupOf, NOTHING_KEPT, withReadings, type Groups, type Kept } from '@/harnesses/rows'
import type { Harness } from '@/harnesses/projection'
import { harness } from '@/harnesses/testing'

const at = (harnessId: string, lastPosition: number) => harness({ harnessId, lastPosition })
const kept = (...all: Harness[]): Kept => withReadings(NOTHING_KEPT, all)
const positions = ({ rows }: Kept) => Object.fromEntries([...rows].map(([id, one]) => [id, one.lastPosition]))
const ids = (groups: Groups) => Object.fromEntries(Object.entries(groups).map(([name, all]: [string, readonly Harness[]]) => [name, all.map((one) => one.harnessId)]))

describe('a reading', () => {
  it('replaces an older one', () => {
    expect(positions(withReadings(kept(at('a', 3)), [at('a', 4)]))).toEqual({ a: 4 })
  })

  it.each([3, 2])('with position %i does not replace one with position 3', (position) => {
    const before = kept(at('a', 3))

    expect(withReadings(before, [at('a', position)])).toBe(before)
  })

  it('counts by its position, wherever it stands among others of the same row', () => {
    expect(positions(withReadings(kept(at('a', 3)), [at('a', 5), at('a', 4)]))).toEqual({ a: 5 })
  })

  it('is added if it is new, and what was before stays as it was', () => {
    const before = kept(at('a', 3))

    expect(positions(withReadings(before, [at('b', 1)]))).toEqual({ a: 3, b: 1 })
    expect(positions(before)).toEqual({ a: 3 })
    expect(ids(before.groups)).toEqual({ waiting: [], underWay: ['a'], ended: [] })
  })

  it('takes out what is gone', () => {
    const after = withReadings(kept(at('a', 3), at('b', 4)), [], ['a', 'unknown'])

    expect(positions(after)).toEqual({ b: 4 })
    expect(ids(after.groups)).toEqual({ waiting: [], underWay: ['b'], ended: [] })
  })
})

describe('of many more harnesses than the page holds', () => {
  it('those that changed last are kept, wherever they stand', () => {
    const most = 10
    const slack = 1000
    const ended = (n: number) => harness({ harnessId: `ended ${n}`, lastPosition: n, phase: 'succeeded', finishedAtMs: n })
    let held = NOTHING_KEPT
    for (let n = 1; n <= most + slack; n += 1) {
      held = withReadings(held, [ended(n)], [], most)
    }
    expect(held.rows.size).toBe(most + slack)
    held = withReadings(held, [at('running', most + slack + 1)], [], most)

    const kept = ['running', ...Array.from({ length: most - 1 }, (_, n) => `ended ${most + slack - n}`)]
    expect([...held.rows.keys()].sort()).toEqual([...kept].sort())
    expect(ids(held.groups)).toEqual({ waiting: [], underWay: ['running'], ended: kept.slice(1) })
  })
})

describe('groups', () => {
  it.each([
    ...(['awaiting_recovery', 'awaiting_decision'] as const).map((phase) => [phase, 'waiting']),
    ...(['queued', 'proving', 'dreaming'] as const).map((phase) => [phase, 'underWay']),
    ...(['succeeded', 'failed', 'cancelled'] as const).map((phase) => [phase, 'ended']),
  ])('hold %s in %s', (phase, name) => {
    expect(groupOf(harness({ harnessId: 'a', phase }))).toBe(name)
  })

  it('keep open harnesses in their place when they change, and put what ended last first', () => {
    const given = [
      harness({ harnessId: 'early', startedAtMs: 1, updatedAtMs: 99 }),
      harness({ harnessId: 'late', startedAtMs: 2, updatedAtMs: 2 }),
      harness({ harnessId: 'ended first', startedAtMs: 9, finishedAtMs: 10, phase: 'succeeded' }),
      harness({ harnessId: 'ended last', startedAtMs: 3, finishedAtMs: 11, phase: 'failed' }),
    ]

    expect(ids(kept(...given).groups)).toEqual({ waiting: [], underWay: ['late', 'early'], ended: ['ended last', 'ended first'] })
  })

  it('are the same whether thousands of readings come at once or in any pieces', () => {
    // A small generator with a fixed beginning: the same readings in every run.
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    const phases = ['running', 'awaiting_decision', 'succeeded', 'queued']
    const readings = Array.from({ length: 3000 }, (_, index) =>
      harness({ harnessId: `h${random(400)}`, lastPosition: index, startedAtMs: random(50), updatedAtMs: index, phase: phases[random(4)] ?? 'queued' }),
    )
    let pieces = NOTHING_KEPT
    for (let from = 0; from < readings.length; from += 37) {
      pieces = withReadings(pieces, readings.slice(from, from + 37))
    }
    const atOnce = withReadings(NOTHING_KEPT, readings)

    expect(positions(pieces)).toEqual(positions(atOnce))
    expect(ids(pieces.groups)).toEqual(ids(atOnce.groups))
    expect(Object.values(ids(pieces.groups)).flat().sort()).toEqual([...pieces.rows.keys()].sort())
  })
})
