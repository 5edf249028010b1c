import { useSyncExternalStore } from 'react'

const TICK_MS = 1000

// One clock for the whole page, so that all times change together; it runs only while something shows a time.
const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** The time in milliseconds, new every second. */
export function useNowMs(): number {
  return useSyncExternalStore(listen, () => nowMs)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    tick()
    timer = setInterval(tick, TICK_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

function tick(): void {
  nowMs = Date.now()
  for (const listener of listeners) {
    listener()
  }
}
