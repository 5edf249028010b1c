import { createClient, type SupabaseClient } from '@supabase/supabase-js'

import type { Settings } from '@/platform/settings'

/** Under which name this browser keeps the session. */
export const SESSION_KEPT_AS = 'fractalops-session'

/** A client of Supabase Auth and Realtime whose Realtime token is always that of the session. */
export function connectSupabase(settings: Settings): SupabaseClient {
  const supabase = createClient(settings.supabaseUrl, settings.anonKey, {
    auth: { detectSessionInUrl: false, storageKey: SESSION_KEPT_AS },
    realtime: {
      heartbeatCallback: (status) => {
        if (status === 'sent') {
          // After a sign-in or a refresh the client pins that token and asks for no other, but while the page is hidden
          // it refreshes none either: the server would close the channel when it expires. Asked without a token it goes
          // to the session. On the heartbeat, not on the refresh: with a wrong clock every look at the session is one.
          void supabase.realtime.setAuth()
        }
      },
    },
  })
  return supabase
}
