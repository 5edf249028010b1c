import type { SupabaseClient } from '@supabase/supabase-js'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { TypedDocumentString } from '@/__generated__/graphql'
import { connectGraphql, mayPassLater, reasonOf } from '@/platform/graphql'

const ORG = 'b7f0f1c2-0000-4000-8000-000000000001'
const TOKEN = `.${btoa(JSON.stringify({ org_id: ORG }))}.`
const supabase = { auth: { getSession: () => Promise.resolve({ data: { session: { access_token: TOKEN, user: { id: 'u' } } } }) } }
const ask = connectGraphql({ graphqlUrl: '', supabaseUrl: '', anonKey: '' }, supabase as unknown as SupabaseClient, ORG)

/** Why a question failed that was answered with that error. */
function reasonFor(code: string): Promise<string> {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ errors: [{ message: 'no', extensions: { code } }] })))
  return ask(new TypedDocumentString('query { a }')).then(() => 'answered', reasonOf)
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('an engine whose database or action handler is away', () => {
  it.each(['postgres-error', 'unexpected', 'internal-error', 'timeout', 'busy'])('is no refusal where it says %s', async (code) => {
    const reason = await reasonFor(code)
    expect([reason, mayPassLater('unwell')]).toEqual(['unwell', true])
  })
  it.each(['NOT_FOUND', 'data-exception', 'validation-failed'])('is told from one that refuses by %s', async (code) => {
    expect(await reasonFor(code)).toBe('refused')
  })
})
