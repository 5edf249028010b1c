import type { Session } from '@supabase/supabase-js'
import { useEffect, useState } from 'react'

import { usePlatform } from '@/platform/context'
import { endSession } from '@/session/end-session'

/**
 * `unknown` until the browser's store is read. `ended`: the session is over although nobody signed out; who it was is
 * kept, so that what they were doing can stay on the screen until they are back.
 */
export type SessionState =
  | { readonly is: 'unknown' | 'none' }
  | { readonly is: 'open'; readonly session: Session }
  | { readonly is: 'ended'; readonly last: Session }

const SIGNED_OUT = 'fractalops-signed-out'

/** Who is signed in, and a way out. */
export function useSession(): { readonly state: SessionState; readonly signOut: () => void } {
  const { supabase } = usePlatform()
  const [state, setState] = useState<SessionState>({ is: 'unknown' })
  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((_event, session) => {
      setState((before) => next(before, session))
    })
    const otherTabs = new BroadcastChannel(SIGNED_OUT)
    otherTabs.onmessage = () => {
      setState({ is: 'none' })
    }
    return () => {
      data.subscription.unsubscribe()
      otherTabs.close()
    }
  }, [supabase])
  const signOut = () => {
    setState({ is: 'none' })
    // Who leaves on purpose wants nothing left on the screen, in no tab; an ended session alone keeps what was typed.
    const otherTabs = new BroadcastChannel(SIGNED_OUT)
    otherTabs.postMessage(null)
    otherTabs.close()
    void endSession(supabase)
  }
  return { state, signOut }
}

function next(before: SessionState, session: Session | null): SessionState {
  if (session !== null) {
    return { is: 'open', session }
  }
  if (before.is === 'open') {
    return { is: 'ended', last: before.session }
  }
  return before.is === 'ended' ? before : { is: 'none' }
}
