import { createContext, useContext, useEffect, useState } from 'react'

import type { LiveState } from '@/harnesses/live'

/** The organization's harnesses as they are now, and a way to read them at once. */
export type LiveReading = LiveState & { readonly read: () => void }

export const LiveContext = createContext<LiveReading | null>(null)

// A question that is asked again with every change would be asked hundreds of times a second.
const ASKED_AGAIN_MS = 1000

/** The highest position of any row: a new one says that something happened, so what was read beside it may be old. */
export function useLivePosition(): number {
  const { position } = useLive()
  const [told, setTold] = useState({ position, atMs: 0 })
  useEffect(() => {
    if (position === told.position) {
      return
    }
    const pauseMs = Math.max(0, told.atMs + ASKED_AGAIN_MS - performance.now())
    const timer = setTimeout(() => {
      setTold({ position, atMs: performance.now() })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
    }
  }, [position, told])
  return told.position
}

/** The one live reading of the portal; every page that shows something live takes it from here. */
export function useLive(): LiveReading {
  const live = useContext(LiveContext)
  if (live === null) {
    throw new Error('useLive is called outside LiveContext')
  }
  return live
}
