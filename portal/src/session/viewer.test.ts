import type { Session } from '@supabase/supabase-js'
import { describe, expect, it } from 'vitest'

import { viewerOf } from '@/session/viewer'

function session(claims: string): Session {
  const body = btoa(String.fromCharCode(...new TextEncoder().encode(claims)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  return { access_token: `head.${body}.sign`, user: { id: 'u', email: 'zoë@acme.example' } } as unknown as Session
}

describe('the viewer', () => {
  it('is of the organization and the role that the token names', () => {
    const claims = { org_id: 'o', principal_id: 'p', organization_role: 'owner', name: 'Zoë ~~~???', session_id: 's', organizations: [{ id: 'o', name: 'Acme', role: 'owner' }] }
    expect(viewerOf(session(JSON.stringify(claims)))).toEqual({
      userId: 'u',
      email: 'zoë@acme.example',
      orgId: 'o',
      principalId: 'p',
      role: 'owner',
      organizations: [{ id: 'o', name: 'Acme', role: 'owner' }],
      sessionId: 's',
    })
  })
  it.each(['{}', '{"org_id": 7}', 'no JSON'])('belongs to no organization where the token says %s', (claims) => {
    expect(viewerOf(session(claims))).toMatchObject({ orgId: null, principalId: null, role: null, organizations: [], sessionId: null })
  })
})
