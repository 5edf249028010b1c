import { equal, joined, sha256, type Bytes } from '@/proofs/bytes'

// A proof longer than this would speak of a log with more than 2^63 leaves.
const PROOF_LENGTH_MAX = 64
const HASH_BYTES = 32
const LEAF = Uint8Array.of(0)
const INNER = Uint8Array.of(1)

/** The hash of a leaf; its first byte keeps a leaf from passing as an inner node. */
export function leafHash(data: Bytes): Promise<Bytes> {
  return sha256(joined(LEAF, data))
}

function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(joined(INNER, left, right))
}

interface Inclusion {
  readonly index: number
  readonly size: number
  readonly leaf: Bytes
  readonly path: readonly Bytes[]
  readonly root: Bytes
}

/** Whether `path` leads from the leaf hash at `index` to `root` in a log of `size` leaves (RFC 9162, 2.1.3.2). */
export async function includes({ index, size, leaf, path, root }: Inclusion): Promise<boolean> {
  if (!isWhole(index) || !isWhole(size) || index >= size || !isProof(path)) {
    return false
  }
  let computed = leaf
  let at = index
  let last = size - 1
  for (const sibling of path) {
    if (last === 0) {
      return false
    }
    if (isOdd(at) || at === last) {
      computed = await nodeHash(sibling, computed)
      // A right edge node without a sibling at this level rises until it is a right child.
      for (; at !== 0 && !isOdd(at); at = half(at)) {
        last = half(last)
      }
    } else {
      computed = await nodeHash(computed, sibling)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && equal(computed, root)
}

interface Growth {
  readonly firstSize: number
  readonly secondSize: number
  readonly firstRoot: Bytes
  readonly secondRoot: Bytes
  readonly path: readonly Bytes[]
}

/** Whether the log with `secondRoot` begins with the whole log with `firstRoot` (RFC 9162, 2.1.4.2). */
export async function beginsWith({ firstSize, secondSize, firstRoot, secondRoot, path }: Growth): Promise<boolean> {
  if (!isWhole(firstSize) || !isWhole(secondSize) || firstSize === 0 || firstSize > secondSize || !isProof(path)) {
    return false
  }
  if (firstSize === secondSize) {
    return path.length === 0 && equal(firstRoot, secondRoot)
  }
  let at = firstSize - 1
  let last = secondSize - 1
  for (; isOdd(at); at = half(at)) {
    last = half(last)
  }
  // The old root itself begins the proof when it is one complete subtree; then the prover leaves it out.
  const steps = at === 0 ? [firstRoot, ...path] : [...path]
  const first = steps.shift()
  if (first === undefined) {
    return false
  }
  let older = first
  let newer = first
  for (const step of steps) {
    if (last === 0) {
      return false
    }
    if (isOdd(at) || at === last) {
      ;[older, newer] = await Promise.all([nodeHash(step, older), nodeHash(step, newer)])
      for (; at !== 0 && !isOdd(at); at = half(at)) {
        last = half(last)
      }
    } else {
      newer = await nodeHash(newer, step)
    }
    at = half(at)
    last = half(last)
  }
  return last === 0 && equal(older, firstRoot) && equal(newer, secondRoot)
}

function isProof(path: readonly Bytes[]): boolean {
  return path.length <= PROOF_LENGTH_MAX && path.every((hash) => hash.length === HASH_BYTES)
}

function isWhole(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0
}

// Sizes may pass 2^31, where the bit operators of JavaScript end.
function isOdd(number: number): boolean {
  return number % 2 === 1
}

function half(number: number): number {
  return Math.floor(number / 2)
}
