import { describe, expect, it } from 'vitest'

import type { Harness } from '@/harnesses/projection'
import { lookOf, nextOf, peopleLack, standingsOf, type Check, type Declared } from '@/onboarding/steps'
import { texts } from '@/texts'

const words = texts.onboarding.people

function check(subject_kind: string, state: string, harness_id: string | null = 'running'): Check {
  const id = `${subject_kind} ${state}`
  return { id, subject_kind, subject_id: id, subject_name: id, state, detail: null, remedy: null, checked_at: null, harness_id }
}

function declared(checks: readonly Check[], roles: readonly string[] = ['owner', 'approver'], approvals = 1): Declared {
  const of = (kind: string) => checks.filter((one) => one.subject_kind === kind)
  return {
    organization: [
      { id: 'o', slug: 'o', name: 'O', state: 'onboarding', approvals_required: approvals, approval_ttl_hours: 1, policy_version: 1, onboarding_checks: [...checks, check('endpoint', 'retired')] },
    ],
    membership: roles.map((role, index) => ({ principal_id: String(index), role, principal: null })),
    endpoint: of('endpoint').map(({ id }) => ({ id, name: id, kind: 'git', public_url: '', executor_url: null, auth_kind: 'none', auth_parameter: null, readiness: {}, secret_contract: null })),
    secret_contract: of('secret_contract').map(({ id }) => ({ id, name: id, purpose: '', kind: 'token', version: 1, digest: 'sha256:0', backend: 'file', probed_as: null })),
    runtime_asset: of('runtime_asset').map(({ id }) => ({ id, name: id, kind: 'sandbox', limits: {} })),
    endpoint_kind: [],
  }
}

const rows = new Map([
  ['running', { finishedAtMs: null } as Harness],
  ['ended', { finishedAtMs: 1 } as Harness],
])

describe('a check', () => {
  it('runs only as long as its harness has not ended', () => {
    expect(lookOf(check('endpoint', 'passed', 'ended'), rows)).toBe('passed')
    expect(lookOf(check('endpoint', 'pending', 'running'), rows)).toBe('running')
    expect(lookOf(check('endpoint', 'pending', 'ended'), rows)).toBe('unchecked')
    expect(lookOf(check('endpoint', 'pending', null), rows)).toBe('unchecked')
  })
})

describe('the people of an organization', () => {
  it('suffice when somebody besides the proposer decides, as often as a proposal needs', () => {
    expect(peopleLack(declared([], ['operator', 'approver']))).toBeNull()
    expect(peopleLack(declared([], ['owner', 'owner']))).toBeNull()
    expect(peopleLack(declared([], ['owner']))).toBe(words.nobodyDecides(1))
    expect(peopleLack(declared([], ['owner', 'operator'], 2))).toBe(words.nobodyDecides(1))
    expect(peopleLack(declared([], ['approver', 'viewer']))).toBe(words.nobodyLaunches)
  })
})

describe('the steps', () => {
  it('stand as their checks do, and what is retired does not count', () => {
    const standings = standingsOf(declared([check('endpoint', 'passed'), check('runtime_asset', 'pending')]), rows)
    expect(standings).toEqual({ organization: 'done', people: 'done', endpoints: 'done', secrets: 'optional', runtimes: 'running', checks: 'running' })
    expect(nextOf(standings)).toBeNull()
  })

  it('lead to the first that lacks something', () => {
    const standings = standingsOf(declared([check('secret_contract', 'failed')]), rows)
    expect(standings).toMatchObject({ endpoints: 'missing', secrets: 'failing', runtimes: 'missing', checks: 'failing' })
    expect(nextOf(standings)).toBe('endpoints')
  })
})
