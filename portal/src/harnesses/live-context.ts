import { createContext, useContext } from 'react'

import type { LiveState } from '@/harnesses/live'

/** The organization's harnesses as they are now, and a way to read them at once. */
export type LiveReading = LiveState & { readonly read: () => void }

export const LiveContext = createContext<LiveReading | null>(null)

/** The one live reading of the portal; every page that shows something live takes it from here. */
export function useLive(): LiveReading {
  const live = useContext(LiveContext)
  if (live === null) {
    throw new Error('useLive is called outside LiveContext')
  }
  return live
}
