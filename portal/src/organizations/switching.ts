import { isAuthRetryableFetchError, type SupabaseClient } from '@supabase/supabase-js'

import type { Membership } from '@/organizations/claims'
import { viewerOf, type Viewer } from '@/session/viewer'
import { texts } from '@/texts'

/**
 * Moves this browser's session to another organization: a wish in the user's metadata, then a token that grants it.
 * What comes back is the sentence that says why it did not, or null.
 */
export async function switchOrganization(supabase: SupabaseClient, viewer: Viewer, to: Membership): Promise<string | null> {
  const wishing = await supabase.auth.updateUser({ data: wish(viewer, to.id) })
  if (wishing.error !== null) {
    return reason(wishing.error)
  }
  const { data, error } = await supabase.auth.refreshSession()
  const now = data.session === null ? viewer : viewerOf(data.session)
  if (now.orgId === to.id) {
    return null
  }
  // A wish that was not granted must not come true with some later token.
  await supabase.auth.updateUser({ data: wish(viewer, now.orgId) })
  return error === null ? texts.organizations.notMember(to.name) : reason(error)
}

function wish({ sessionId }: Viewer, orgId: string | null): Record<string, string | null> {
  return { [sessionId === null ? 'org_id' : `org_id:${sessionId}`]: orgId }
}

function reason(error: unknown): string {
  return isAuthRetryableFetchError(error) ? texts.organizations.unreachable : texts.organizations.refused
}
