import { fromHex, type Bytes } from '@/proofs/bytes'
import vectors from '@/proofs/vectors.json'
import type { Bundle } from '@/proofs/verify'

/** The log of the vectors. */
export const ORIGIN = `fractalops.dev/log/${vectors.org_id}`

const EXECUTION_ID = '00000000-0000-4000-8000-000000000002'

/** The proof that the Python implementation signed, in the log of that many leaves. */
export function bundleOf(size: number): Bundle {
  const inclusion: Readonly<Record<string, readonly string[]>> = vectors.inclusion
  return {
    execution_id: EXECUTION_ID,
    outcome: 'succeeded',
    envelope: vectors.envelope,
    leaf_index: vectors.leaf_index,
    tree_size: size,
    inclusion_path: inclusion[String(size)] ?? [],
    checkpoint: vectors.checkpoints[size - 1] ?? '',
    public_key_pem: vectors.public_key_pem,
  }
}

/** The bytes, with one bit turned over. */
export function turned(bytes: Bytes, bit: number): Bytes {
  return bytes.map((byte, at) => (at === Math.floor(bit / 8) ? byte ^ (1 << (bit % 8)) : byte))
}

/** The bytes of a text in hexadecimal that is one. */
export function bytesOf(hex: string): Bytes {
  const bytes = fromHex(hex)
  if (bytes === null) {
    throw new Error('the vector is no hexadecimal')
  }
  return bytes
}

/** A place to keep things for one test. */
export function keeper() {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}
