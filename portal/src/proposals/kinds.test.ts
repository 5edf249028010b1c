import { describe, expect, it } from 'vitest'

import { callOf, laidOut, procedureOf, urlOf } from '@/proposals/kinds'
import { boundOf, changedOf, type BoundNow } from '@/proposals/proposal'

const PUBLIC = ['https:', '', 'things'].join('/')
const CALL = callOf({ method: 'POST', path: '/v1/a', query: [{ name: 'a b', value: '1&2' }], expect_status: [201], timeout_ms: 30000, why: 'w' })

describe('a call', () => {
  it('goes below the URL for machines of the endpoint contract, where there is one', () => {
    expect(urlOf({ public_url: `${PUBLIC}/`, executor_url: null }, CALL)).toBe(`${PUBLIC}/v1/a?a%20b=1%262`)
    expect(urlOf({ public_url: PUBLIC, executor_url: `${PUBLIC}/inside` }, CALL)).toBe(`${PUBLIC}/inside/v1/a?a%20b=1%262`)
  })

  it.each([null, [], 'text', {}, { query: 'x', headers: [null], body: 3, expect_status: {} }])('never breaks the page where it is %j', (odd) => {
    expect(callOf(odd).method).toBe('')
  })

  it('is laid out if its body is JSON, and left alone otherwise', () => {
    expect(laidOut('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
    expect(laidOut('{')).toBeNull()
  })
})

describe('a procedure', () => {
  it('is told in words, a secret by its contract, and what is not known by its name', () => {
    const password = { step: 'fill_secret', target: { kind: 'label', name: 'Password' }, secret_contract: 'login' }
    const { steps } = procedureOf({ steps: [{ step: 'open', path: '/in' }, password, { step: 'run' }, null] })
    expect(steps).toEqual([
      'Open /in below the endpoint’s URL',
      'Fill the field “Password” with the value that the secret contract “login” names',
      'A step that this portal does not know: run',
      'A step that this portal does not know: ',
    ])
  })
})

describe('what a digest binds', () => {
  const bound = boundOf({ endpoint_digest: 'e', runtime_asset_digest: 'r', secret_contract_digests: ['s'], policy_version: 1 })
  const endpoint = { name: 'n', public_url: '', executor_url: null, auth_kind: 'bearer', digest: 'e', secret_contract: { name: 't', digest: 's' } }
  const now: BoundNow = { endpoint, runtimeAsset: { name: 'a', digest: 'r' }, policyVersion: 1 }

  it.each([
    [now, []],
    [{ ...now, endpoint: { ...endpoint, digest: 'other' } }, ['endpointDigest']],
    [{ ...now, endpoint: { ...endpoint, secret_contract: null } }, ['secretContractDigests']],
    [{ ...now, runtimeAsset: undefined, policyVersion: 2 }, ['runtimeAssetDigest', 'policyVersion']],
  ] as const)('is compared part by part with what stands now', (stands, changed) => {
    expect([...changedOf(bound, stands)]).toEqual(changed)
  })
})
