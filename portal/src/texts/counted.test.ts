import { describe, expect, it } from 'vitest'

import { bytes, counted } from '@/texts/counted'

describe('how many', () => {
  it('is one of it, or several', () => {
    expect([counted(0, 'file'), counted(1, 'file'), counted(2, 'file')]).toEqual(['0 files', '1 file', '2 files'])
  })
})

describe('how much', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [5_000_012, '5.0 MB'],
    [7_300_000_000_000, '7300.0 GB'],
  ])('%i bytes is %s', (count, text) => {
    expect(bytes(count)).toBe(text)
  })
})
