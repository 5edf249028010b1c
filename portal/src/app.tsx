import { Outlet } from '@tanstack/react-router'
import type { Session } from '@supabase/supabase-js'
import { useMemo } from 'react'

import { Shell } from '@/components/shell'
import { LiveContext } from '@/harnesses/live-context'
import { useLiveHarnesses } from '@/harnesses/use-live-harnesses'
import { SessionEnded } from '@/session/session-ended'
import { SignInPage } from '@/session/sign-in-page'
import { useSession } from '@/session/use-session'
import { ViewerContext, viewerOf } from '@/session/viewer'
import { texts } from '@/texts'

/** The portal: who nobody knows signs in, who is known sees the page that the address names. */
export function App() {
  const { state, signOut } = useSession()
  switch (state.is) {
    case 'unknown':
      return <p className="p-4 text-sm text-muted-foreground">{texts.starting.loading}</p>
    case 'none':
      return <SignInPage />
    case 'ended':
    case 'open': {
      const session = state.is === 'open' ? state.session : state.last
      // A session that was renewed is the same person in the same organization: what they typed stays.
      const { userId, orgId } = viewerOf(session)
      return (
        <>
          <SignedIn key={`${userId} ${orgId ?? ''}`} session={session} onSignOut={signOut} />
          {state.is === 'ended' && <SessionEnded email={session.user.email ?? ''} onSignOut={signOut} />}
        </>
      )
    }
  }
}

function SignedIn({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const viewer = useMemo(() => viewerOf(session), [session])
  return (
    <ViewerContext value={viewer}>
      <LiveContext value={useLiveHarnesses()}>
        <Shell onSignOut={onSignOut}>
          <Outlet />
        </Shell>
      </LiveContext>
    </ViewerContext>
  )
}
