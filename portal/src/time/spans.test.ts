import { describe, expect, it } from 'vitest'

import { ago, lasting } from '@/time/spans'

const S = 1000
const MIN = 60 * S
const H = 60 * MIN
const D = 24 * H
const NOW = Date.UTC(2026, 10, 22, 12)

describe('how long ago', () => {
  it.each([
    [-3 * S, 'just now'],
    [0, 'just now'],
    [4.9 * S, 'just now'],
    [5 * S, '5 s ago'],
    [59.9 * S, '59 s ago'],
    [MIN, '1 min ago'],
    [59 * MIN + 59 * S, '59 min ago'],
    [H, '1 h ago'],
    [D - 1, '23 h ago'],
    [D, '1 d ago'],
    [7 * D - 1, '6 d ago'],
    [7 * D, '15 Nov 2026'],
  ])('%i ms is %s', (ms, text) => {
    expect(ago(NOW - ms, NOW)).toBe(text)
  })
})

describe('how long', () => {
  it.each([
    [-S, '0 s'],
    [59 * S, '59 s'],
    [MIN, '1 min'],
    [3 * MIN + 20 * S, '3 min 20 s'],
    [H, '1 h'],
    [2 * H + 5 * MIN + 40 * S, '2 h 5 min'],
    [D, '1 d'],
    [3 * D + 4 * H + 59 * MIN, '3 d 4 h'],
  ])('%i ms is %s', (ms, text) => {
    expect(lasting(ms)).toBe(text)
  })
})
