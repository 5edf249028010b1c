import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Session } from '@supabase/supabase-js'
import { useEffect, useRef, useState } from 'react'

import { useConnection } from '@/platform/context'
import { endSession } from '@/session/end-session'
import { organizationName, viewerOf, type Viewer } from '@/session/viewer'

/**
 * `unknown` until the browser's store is read. `ended`: the session is over although nobody signed out; who it was is
 * kept, so that what they were doing can stay on the screen until they are back.
 */
export type SessionState =
  | { readonly is: 'unknown' | 'none' }
  | { readonly is: 'open'; readonly session: Session }
  | { readonly is: 'ended'; readonly last: Session }

const SIGNED_OUT = 'fractalops-signed-out'

/** Who is signed in, a way out, and the organization that they are no longer a member of since this page was opened. */
export function useSession(): {
  readonly state: SessionState
  readonly left: string | null
  readonly forgetLeft: () => void
  readonly signOut: () => void
} {
  const { supabase } = useConnection()
  const [state, setState] = useState<SessionState>({ is: 'unknown' })
  const [left, setLeft] = useState<string | null>(null)
  const { moved, back } = useMoving()
  useEffect(() => {
    let last: Viewer | null = null
    let hasEnded = false
    const { data } = supabase.auth.onAuthStateChange((_event, session) => {
      if (session !== null) {
        const viewer = viewerOf(session)
        if (last !== null && (last.orgId !== viewer.orgId || last.userId !== viewer.userId)) {
          moved.current()
          setLeft(leftBy(last, viewer))
        }
        last = viewer
      }
      if (hasEnded && session !== null) {
        back.current()
      }
      hasEnded = session === null
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
  }, [supabase, moved, back])
  const signOut = () => {
    setState({ is: 'none' })
    // Who leaves on purpose wants nothing left on the screen, in no tab; an ended session alone keeps what was typed.
    const otherTabs = new BroadcastChannel(SIGNED_OUT)
    otherTabs.postMessage(null)
    otherTabs.close()
    void endSession(supabase)
  }
  const forgetLeft = () => {
    setLeft(null)
  }
  return { state, left, forgetLeft, signOut }
}

/** What to do when the session is of somebody or somewhere else, in whichever window that was chosen, or is back after it ended. */
function useMoving() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const moved = useRef(() => undefined as unknown)
  const back = useRef(() => undefined as unknown)
  useEffect(() => {
    moved.current = () => {
      // What was read, and the ids of the address, mean nothing there.
      queries.clear()
      void navigate({ to: '/', search: {}, replace: true })
    }
    back.current = () => {
      // What was asked meanwhile got no answer.
      void queries.invalidateQueries()
    }
  }, [queries, navigate])
  return { moved, back }
}

function leftBy(before: Viewer, now: Viewer): string | null {
  const isMember = now.organizations.some(({ id }) => id === before.orgId)
  return before.userId === now.userId && before.orgId !== null && !isMember ? organizationName(before) : null
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
