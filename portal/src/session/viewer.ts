import type { Session } from '@supabase/supabase-js'
import { createContext, useContext } from 'react'

import { membershipsOf, type Membership } from '@/organizations/claims'
import { texts } from '@/texts'

/** Who looks at the portal, as the session says; every server judges the token itself. */
export interface Viewer {
  readonly userId: string
  readonly email: string
  /** null: the person belongs to no organization. */
  readonly orgId: string | null
  readonly principalId: string | null
  readonly role: string | null
  /** Where the person is a member, this organization first. */
  readonly organizations: readonly Membership[]
  readonly sessionId: string | null
}

export const ViewerContext = createContext<Viewer | null>(null)

/** The person who is signed in. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext)
  if (viewer === null) {
    throw new Error('useViewer is called outside ViewerContext')
  }
  return viewer
}

/** The person that a session is of. */
export function viewerOf(session: Session): Viewer {
  const claims = claimsOf(session.access_token)
  return {
    userId: session.user.id,
    email: session.user.email ?? '',
    orgId: text(claims, 'org_id'),
    principalId: text(claims, 'principal_id'),
    role: text(claims, 'organization_role'),
    organizations: membershipsOf(claims['organizations']),
    sessionId: text(claims, 'session_id'),
  }
}

/** What the organization is called that the viewer is in. */
export function organizationName({ orgId, organizations }: Viewer): string {
  return organizations.find(({ id }) => id === orgId)?.name ?? texts.organizations.unnamed
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const body = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  try {
    const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
  } catch {
    return {}
  }
}

function text(claims: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = claims[name]
  return typeof value === 'string' ? value : null
}
