import type { SupabaseClient } from '@supabase/supabase-js'

import { SESSION_KEPT_AS } from '@/platform/supabase'

/**
 * Ends this browser's session: here at once, so that a reload finds none however slow the server is, and at the server
 * as soon as it answers.
 */
export async function endSession(supabase: SupabaseClient): Promise<void> {
  const kept = localStorage.getItem(SESSION_KEPT_AS)
  localStorage.removeItem(SESSION_KEPT_AS)
  const token = tokenOf(kept)
  if (token !== null) {
    await supabase.auth.admin.signOut(token, 'local').catch(() => undefined)
  }
  // Behind a refresh that was under way, which would have kept its new session.
  await supabase.auth.signOut({ scope: 'local' })
}

function tokenOf(kept: string | null): string | null {
  try {
    const { access_token: token } = JSON.parse(kept ?? '{}') as { access_token?: unknown }
    return typeof token === 'string' ? token : null
  } catch {
    return null
  }
}
