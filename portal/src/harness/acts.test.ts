import { describe, expect, it } from 'vitest'

import { may } from '@/harness/acts'
import { harness } from '@/harnesses/testing'
import type { Viewer } from '@/session/viewer'

const as = (role: string): Viewer => ({ userId: 'u', email: '', orgId: 'o', principalId: 'p', role, organizations: [], sessionId: null })

describe('cancelling', () => {
  it.each([
    ['operator', 'running', 'work', true],
    ['owner', 'awaiting_decision', 'work', true],
    ['viewer', 'running', 'work', false],
    ['approver', 'running', 'work', false],
    ['owner', 'applying', 'work', false],
    ['owner', 'succeeded', 'work', false],
    ['owner', 'running', 'onboard', false],
  ])('as %s while %s of a harness for %s: %s', (role, phase, purpose, allowed) => {
    expect(may.cancel(harness({ harnessId: 'h', phase, purpose }), as(role))).toBe(allowed)
  })
})

describe('launching again', () => {
  it.each([
    ['operator', 'failed', 'w', true],
    ['owner', 'cancelled', 'w', true],
    ['approver', 'failed', 'w', false],
    ['owner', 'running', 'w', false],
    ['owner', 'failed', null, false],
  ])('as %s while %s of work %s: %s', (role, phase, workId, allowed) => {
    expect(may.launchAgain(harness({ harnessId: 'h', phase, workId }), as(role))).toBe(allowed)
  })
})
