import type { SupabaseClient } from '@supabase/supabase-js'
import { createContext, useContext } from 'react'

import { connectGraphql, type Ask } from '@/platform/graphql'
import type { Settings } from '@/platform/settings'
import { connectSupabase } from '@/platform/supabase'

/** Where the platform is, whoever is signed in. */
export interface Connection {
  readonly supabase: SupabaseClient
  readonly settings: Settings
}

export const ConnectionContext = createContext<Connection | null>(null)

/** The two ways to the platform that every page of an organization may use. */
export interface Platform {
  readonly supabase: SupabaseClient
  readonly ask: Ask
}

export const PlatformContext = createContext<Platform | null>(null)

/** A connection to the servers that `settings` name. */
export function connect(settings: Settings): Connection {
  return { settings, supabase: connectSupabase(settings) }
}

/** The platform within one organization. */
export function platformOf({ settings, supabase }: Connection, orgId: string): Platform {
  return { supabase, ask: connectGraphql(settings, supabase, orgId) }
}

/** The servers of the running portal. */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext)
  if (connection === null) {
    throw new Error('useConnection is called outside ConnectionContext')
  }
  return connection
}

/** The platform within the viewer's organization. */
export function usePlatform(): Platform {
  const platform = useContext(PlatformContext)
  if (platform === null) {
    throw new Error('usePlatform is called outside PlatformContext')
  }
  return platform
}
