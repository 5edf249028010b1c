const KEPT_AS = 'fractalops-keys'
const OFF = 'off'
const listeners = new Set<() => void>()

/** Whether keys without a modifier do something: who dictates or types by accident can turn them off in this browser. */
export function keysAreOn(): boolean {
  return localStorage.getItem(KEPT_AS) !== OFF
}

/** Turns the keys off, or on again. */
export function turnKeys(on: boolean): void {
  if (on) {
    localStorage.removeItem(KEPT_AS)
  } else {
    localStorage.setItem(KEPT_AS, OFF)
  }
  for (const listener of listeners) {
    listener()
  }
}

/** For `useSyncExternalStore`: calls back when they are turned on or off. */
export function onKeysTurned(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
