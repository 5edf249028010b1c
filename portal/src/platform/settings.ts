import { setClock } from '@/time/clock'

/** Where the portal's servers are; its own server says so, the build knows nothing of it. */
export interface Settings {
  readonly graphqlUrl: string
  readonly supabaseUrl: string
  readonly anonKey: string
}

/** The settings that this origin gives; the page's clock goes by its answer. Throws if it gives none or they are not complete. */
export async function readSettings(): Promise<Settings> {
  const answer = await fetch('/config.json', { cache: 'no-store' })
  if (!answer.ok) {
    throw new Error(`/config.json: ${answer.status}`)
  }
  setClock(answer)
  const given = (await answer.json()) as Record<string, unknown>
  return { graphqlUrl: text(given, 'graphql_url'), supabaseUrl: text(given, 'supabase_url'), anonKey: text(given, 'anon_key') }
}

function text(given: Record<string, unknown>, name: string): string {
  const value = given[name]
  if (typeof value !== 'string' || value === '') {
    throw new Error(`/config.json: ${name} is missing`)
  }
  return value
}
