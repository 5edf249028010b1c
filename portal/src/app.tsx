import { Outlet } from '@tanstack/react-router'
import type { Session } from '@supabase/supabase-js'
import { useMemo } from 'react'

import { Shell } from '@/components/shell'
import { LiveContext } from '@/harnesses/live-context'
import { useLiveHarnesses } from '@/harnesses/use-live-harnesses'
import { NoOrganization } from '@/organizations/no-organization'
import { OrganizationNotice } from '@/organizations/switcher'
import { PlatformContext, platformOf, useConnection } from '@/platform/context'
import { SessionEnded } from '@/session/session-ended'
import { SignInPage } from '@/session/sign-in-page'
import { useSession } from '@/session/use-session'
import { organizationName, ViewerContext, viewerOf } from '@/session/viewer'
import { texts } from '@/texts'

/** The portal: who nobody knows signs in, who is known sees the page that the address names. */
export function App() {
  const { state, left, forgetLeft, signOut } = useSession()
  switch (state.is) {
    case 'unknown':
      return <p className="p-4 text-sm text-muted-foreground">{texts.starting.loading}</p>
    case 'none':
      return <SignInPage />
    case 'ended':
    case 'open': {
      const session = state.is === 'open' ? state.session : state.last
      // A session that was renewed is the same person in the same organization: what they typed stays.
      const viewer = viewerOf(session)
      const { userId, email, orgId } = viewer
      return (
        <>
          {orgId === null ? (
            <NoOrganization email={email} left={left} onSignOut={signOut} />
          ) : (
            <>
              <OrganizationNotice
                says={left === null ? null : texts.organizations.left(left, organizationName(viewer))}
                tone="waiting"
                onClose={forgetLeft}
              />
              <SignedIn key={`${userId} ${orgId}`} session={session} orgId={orgId} onSignOut={signOut} />
            </>
          )}
          {state.is === 'ended' && <SessionEnded email={email} onSignOut={signOut} />}
        </>
      )
    }
  }
}

function SignedIn({ session, orgId, onSignOut }: { session: Session; orgId: string; onSignOut: () => void }) {
  const connection = useConnection()
  const platform = useMemo(() => platformOf(connection, orgId), [connection, orgId])
  const viewer = useMemo(() => viewerOf(session), [session])
  return (
    <PlatformContext value={platform}>
      <ViewerContext value={viewer}>
        <Followed orgId={orgId} onSignOut={onSignOut} />
      </ViewerContext>
    </PlatformContext>
  )
}

function Followed({ orgId, onSignOut }: { orgId: string; onSignOut: () => void }) {
  return (
    <LiveContext value={useLiveHarnesses(orgId)}>
      <Shell onSignOut={onSignOut}>
        <Outlet />
      </Shell>
    </LiveContext>
  )
}
