import { isAuthApiError, type SupabaseClient } from '@supabase/supabase-js'

import { texts } from '@/texts'

const TOO_MANY_REQUESTS = 429
const SERVER_ERROR = 500

/** Opens a session. What comes back is the sentence that says why not, or null. */
export async function signIn(supabase: SupabaseClient, email: string, password: string): Promise<string | null> {
  const { error } = await supabase.auth.signInWithPassword({ email, password })
  if (error === null) {
    return null
  }
  if (!isAuthApiError(error) || error.status >= SERVER_ERROR) {
    return texts.signIn.unreachable
  }
  return error.status === TOO_MANY_REQUESTS ? texts.signIn.tooMany : texts.signIn.wrong
}
