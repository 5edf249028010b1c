/** What keys do: a key or two keys one after the other, such as `?` or `g h`, by the function they call. */
export type Bindings = Readonly<Record<string, () => void>>

/** Keys that follow one another later than this begin anew. */
export const PAUSE_MAX_MS = 1000

/** A key as pressed; of modifiers only those that make another key of it count. */
export interface Press {
  readonly key: string
  readonly atMs: number
}

/**
 * The binding that a press completes, and what is kept of the keys until the next one. A second key that begins nothing
 * with the first is looked at alone.
 */
export function pressed(bindings: Bindings, before: Press | null, press: Press): { readonly call: (() => void) | null; readonly kept: Press | null } {
  if (before !== null && press.atMs - before.atMs <= PAUSE_MAX_MS) {
    const both = bindings[`${before.key} ${press.key}`]
    if (both !== undefined) {
      return { call: both, kept: null }
    }
  }
  const alone = bindings[press.key]
  if (alone !== undefined) {
    return { call: alone, kept: null }
  }
  return { call: null, kept: begins(bindings, press.key) ? press : null }
}

function begins(bindings: Bindings, key: string): boolean {
  return Object.keys(bindings).some((keys) => keys.startsWith(`${key} `))
}
