import type { SupabaseClient } from '@supabase/supabase-js'
import { createContext, useContext } from 'react'

import { connectGraphql, type Ask } from '@/platform/graphql'
import type { Settings } from '@/platform/settings'
import { connectSupabase } from '@/platform/supabase'

/** The two ways to the platform that every page may use. */
export interface Platform {
  readonly supabase: SupabaseClient
  readonly ask: Ask
}

export const PlatformContext = createContext<Platform | null>(null)

/** Connections to the servers that `settings` name. */
export function connectPlatform(settings: Settings): Platform {
  const supabase = connectSupabase(settings)
  return { supabase, ask: connectGraphql(settings, supabase) }
}

/** The platform of the running portal. */
export function usePlatform(): Platform {
  const platform = useContext(PlatformContext)
  if (platform === null) {
    throw new Error('usePlatform is called outside PlatformContext')
  }
  return platform
}
