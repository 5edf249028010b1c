import { useEffect, useSyncExternalStore } from 'react'

import { useShortcuts } from '@/keyboard/use-shortcuts'

/** Keys that a page binds while it is shown, with what the help says of them. */
export interface PageKey {
  readonly keys: string
  readonly does: string
  readonly call: () => void
}

type Told = readonly (readonly [keys: string, does: string])[]

let told: Told = []
const listeners = new Set<() => void>()

/** Binds the keys of a page, and tells the help of them until the page is left. */
export function usePageKeys(keys: readonly PageKey[]): void {
  useShortcuts(Object.fromEntries(keys.map((one) => [one.keys, one.call])))
  const said = JSON.stringify(keys.map((one) => [one.keys, one.does]))
  useEffect(() => {
    const mine = JSON.parse(said) as Told
    tell([...told, ...mine])
    return () => {
      tell(told.filter(([pressed]) => !mine.some(([own]) => own === pressed)))
    }
  }, [said])
}

/** The keys of the page that is shown. */
export function useKeysOfPage(): Told {
  return useSyncExternalStore(listen, () => told)
}

function tell(next: Told): void {
  told = next
  for (const listener of listeners) {
    listener()
  }
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
