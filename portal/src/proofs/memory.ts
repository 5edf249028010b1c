import { fromHex, toHex } from '@/proofs/bytes'
import type { Checkpoint } from '@/proofs/checkpoint'

/** What this browser remembers of an organization's log: the largest head that it believed, and the keys that it knows. */
export interface Memory {
  readonly size: number
  /** Lowercase hexadecimal. */
  readonly root: string
  /** Fingerprints, the first one first. */
  readonly keys: readonly string[]
}

/** Where memories are kept; `localStorage` is one. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEYS_MAX = 16

/** What is remembered of the log; null: nothing, or nothing that can be read. */
export function remembered(keeper: Keeper, origin: string): Memory | null {
  try {
    const memory = JSON.parse(keeper.getItem(nameOf(origin)) ?? 'null') as Partial<Memory> | null
    const { size, root, keys } = memory ?? {}
    const isWhole = Number.isSafeInteger(size) && typeof root === 'string' && fromHex(root) !== null && Array.isArray(keys)
    return isWhole ? (memory as Memory) : null
  } catch {
    return null
  }
}

/** Remembers a head that was believed and its key. A larger head that another tab has remembered meanwhile stays. */
export function remember(keeper: Keeper, origin: string, head: Checkpoint, fingerprint: string): void {
  const before = remembered(keeper, origin)
  const keys = [...new Set([...(before?.keys ?? []), fingerprint])].slice(-KEYS_MAX)
  const newer = before !== null && before.size > head.size ? { size: before.size, root: before.root } : { size: head.size, root: toHex(head.root) }
  keeper.setItem(nameOf(origin), JSON.stringify({ ...newer, keys } satisfies Memory))
}

/** Forgets the log: what is seen next is believed as on a first visit. */
export function forget(keeper: Keeper, origin: string): void {
  keeper.removeItem(nameOf(origin))
}

function nameOf(origin: string): string {
  return `fractalops-log ${origin}`
}
