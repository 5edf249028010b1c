import { useEffect, useState, useSyncExternalStore } from 'react'

import { harnessFeed } from '@/harnesses/feed'
import { LiveHarnesses, type LiveState } from '@/harnesses/live'
import { harnessReader } from '@/harnesses/snapshot'
import { usePlatform } from '@/platform/context'

/** The organization's harnesses as they change, and a way to read them at once. */
export function useLiveHarnesses(orgId: string): LiveState & { readonly read: () => void } {
  const { supabase, ask } = usePlatform()
  const [live] = useState(() => new LiveHarnesses(harnessReader(ask), harnessFeed(supabase, orgId)))
  useEffect(() => {
    const readIfSeen = () => {
      // A hidden page's timers are slowed down; whoever comes back to it wants to see what is.
      if (document.visibilityState === 'visible') {
        live.read()
      }
    }
    live.start()
    document.addEventListener('visibilitychange', readIfSeen)
    return () => {
      document.removeEventListener('visibilitychange', readIfSeen)
      live.stop()
    }
  }, [live])
  return { ...useSyncExternalStore(live.subscribe, live.current), read: live.read }
}
