import { describe, expect, it } from 'vitest'

import { boundOf, gitChangeOf, whyNot, type Proposal } from '@/proposals/proposal'
import type { Viewer } from '@/session/viewer'
import { texts } from '@/texts'

const NOW = Date.UTC(2026, 10, 22)
const off = texts.decide.off

function proposal(change: Partial<Proposal> = {}): Proposal {
  return { state: 'submitted', principal_id: 'proposer', expires_at: '2026-11-23T00:00:00Z', decisions: [], ...change } as unknown as Proposal
}

function viewer(role: string, principalId = 'somebody'): Viewer {
  return { userId: 'u', email: '', orgId: 'o', principalId, role, organizations: [], sessionId: null }
}

const decided = { decisions: [{ principal_id: 'somebody' }] } as unknown as Partial<Proposal>

describe('deciding', () => {
  it.each([
    ['approver', {}, null],
    ['owner', {}, null],
    ['operator', {}, off.role],
    ['viewer', {}, off.role],
    ['approver', { principal_id: 'somebody' }, off.own],
    ['approver', { state: 'applied' }, off.state],
    ['approver', { expires_at: '2026-11-21T23:59:59Z' }, off.expired],
    ['approver', decided, off.decided],
  ])('as %s of %j is off because: %s', (role, change, why) => {
    expect(whyNot.decide(proposal(change), viewer(role), NOW)).toBe(why)
  })
})

describe('withdrawing', () => {
  it.each([
    ['operator', 'proposer', 'submitted', null],
    ['operator', 'somebody', 'submitted', off.notOwn],
    ['approver', 'proposer', 'submitted', off.notOwn],
    ['operator', 'proposer', 'approved', off.state],
  ])('as %s %s of a proposal %s is off because: %s', (role, who, state, why) => {
    expect(whyNot.withdraw(proposal({ state }), viewer(role, who))).toBe(why)
  })
})

describe('what came over the wire', () => {
  it.each([null, [], 'text', {}])('is empty and never breaks the page where it is %j', (odd) => {
    expect(gitChangeOf(odd)).toEqual({ baseCommit: '', targetBranch: '', verify: '', filesChanged: 0, patchArtifactId: '' })
    expect(boundOf(odd).secretContractDigests).toEqual([])
  })
})
