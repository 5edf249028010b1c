import type { Session } from '@supabase/supabase-js'
import { useEffect, useState } from 'react'

import { usePlatform } from '@/platform/context'

/** `unknown` until the browser's store is read; `ended`: there was one, and nobody signed out. */
export type SessionState = { readonly is: 'unknown' | 'none' | 'ended' } | { readonly is: 'open'; readonly session: Session }

/** Who is signed in, and a way out. */
export function useSession(): { readonly state: SessionState; readonly signOut: () => void } {
  const { supabase } = usePlatform()
  const [state, setState] = useState<SessionState>({ is: 'unknown' })
  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((_event, session) => {
      setState((before) => next(before, session))
    })
    return () => {
      data.subscription.unsubscribe()
    }
  }, [supabase])
  const signOut = () => {
    setState({ is: 'none' })
    // Only this browser's session; the server may be unreachable, and the session is dropped here all the same.
    void supabase.auth.signOut({ scope: 'local' })
  }
  return { state, signOut }
}

function next(before: SessionState, session: Session | null): SessionState {
  if (session !== null) {
    return { is: 'open', session }
  }
  return before.is === 'open' ? { is: 'ended' } : before.is === 'ended' ? before : { is: 'none' }
}
