import { describe, expect, test } from 'vitest'

import { toHex, utf8 } from '@/proofs/bytes'
import { parseCheckpoint } from '@/proofs/checkpoint'
import { growthSince, type AskPath } from '@/proofs/growth'
import { forget, remember, remembered, type Memory } from '@/proofs/memory'
import { bytesOf, keeper, ORIGIN, turned } from '@/proofs/testing'
import vectors from '@/proofs/vectors.json'

const paths: Readonly<Record<string, readonly string[]>> = vectors.consistency
const askVectors: AskPath = (from, to) => Promise.resolve(paths[`${from} ${to}`] ?? 'refused')

function headOf(size: number, checkpoints = vectors.checkpoints) {
  const signed = parseCheckpoint(checkpoints[size - 1] ?? '')
  if (signed === null) {
    throw new Error('the vector is no checkpoint')
  }
  return signed.checkpoint
}

function memoryOf(size: number, checkpoints = vectors.checkpoints): Memory {
  return { size, root: toHex(headOf(size, checkpoints).root), keys: [] }
}

describe('the log since it was last seen', () => {
  test('every later and every earlier head of the one log is told as one that grew', async () => {
    for (let seen = 1; seen <= 12; seen += 1) {
      for (let shown = 1; shown <= 12; shown += 1) {
        expect(await growthSince(memoryOf(seen), headOf(shown), askVectors)).toBe(seen === shown ? 'same' : 'grew')
      }
    }
  })

  test('a rewritten log is noticed, whatever hashes are given for it', async () => {
    for (let seen = 1; seen <= 12; seen += 1) {
      for (let shown = 1; shown <= 12; shown += 1) {
        expect(await growthSince(memoryOf(seen), headOf(shown, vectors.rewritten_checkpoints), askVectors)).toBe('rewritten')
      }
    }
  })

  test('every bit of every hash between two heads counts', async () => {
    const good = paths['3 9'] ?? []
    for (const [step, hash] of good.entries()) {
      for (let bit = 0; bit < 256; bit += 1) {
        const path = good.with(step, toHex(turned(bytesOf(hash), bit)))
        expect(await growthSince(memoryOf(3), headOf(9), () => Promise.resolve(path))).toBe('rewritten')
      }
    }
  })

  test('a path too short or too long does not pass', async () => {
    const good = paths['3 9'] ?? []
    for (const path of [[], good.slice(1), good.slice(0, -1), [...good, '00'.repeat(32)], ['zz']]) {
      expect(await growthSince(memoryOf(3), headOf(9), () => Promise.resolve(path))).toBe('rewritten')
    }
  })

  test('a first visit has nothing to compare, and a platform that gives no proof is told so', async () => {
    expect(await growthSince(null, headOf(3), askVectors)).toBe('first')
    expect(await growthSince(memoryOf(3), headOf(9), () => Promise.resolve('refused'))).toBe('refused')
    expect(await growthSince(memoryOf(3), headOf(9), () => Promise.resolve('unasked'))).toBe('unasked')
  })
})

describe('what this browser remembers', () => {
  test('the largest head and every key of an organization, and nothing of another one', () => {
    const kept = keeper()

    remember(kept, ORIGIN, headOf(9), 'one')
    remember(kept, ORIGIN, headOf(3), 'two')

    expect(remembered(kept, ORIGIN)).toEqual({ ...memoryOf(9), keys: ['one', 'two'] })
    expect(remembered(kept, 'another')).toBeNull()
    forget(kept, ORIGIN)
    expect(remembered(kept, ORIGIN)).toBeNull()
  })

  test('what cannot be read is nothing', () => {
    const kept = keeper()
    for (const odd of ['', '{', '[]', '{"size":1}', '{"size":1,"root":"zz","keys":[]}', toHex(utf8('x'))]) {
      kept.setItem(`fractalops-log ${ORIGIN}`, odd)
      expect(remembered(kept, ORIGIN)).toBeNull()
    }
  })
})
