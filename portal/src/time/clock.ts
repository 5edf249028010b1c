import { useSyncExternalStore } from 'react'

const TICK_MS = 1000
// What a server says of its time is a second wide, and as late as its answer: less than this is no difference.
const SKEW_MIN_MS = 2000

// One clock for the whole page, so that all times change together; it runs only while something shows a time.
const listeners = new Set<() => void>()
let skewMs = 0
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** The platform's time in milliseconds, new every second. */
export function useNowMs(): number {
  return useSyncExternalStore(listen, () => nowMs)
}

/** The platform's time in milliseconds, now. */
export function platformNowMs(): number {
  return Date.now() + skewMs
}

/** Goes by the platform's clock, if this machine's is wrong; `answer` is one that a server of the platform just gave. */
export function setClock(answer: Response): void {
  const saidMs = Date.parse(answer.headers.get('date') ?? '')
  const differenceMs = saidMs - Date.now()
  skewMs = Math.abs(differenceMs) >= SKEW_MIN_MS ? differenceMs : 0
  tick()
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
  nowMs = platformNowMs()
  for (const listener of listeners) {
    listener()
  }
}
