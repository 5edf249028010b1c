import { describe, expect, it } from 'vitest'

import { pathOf, standsAt } from '@/harness/path'
import type { Harness } from '@/harnesses/projection'
import { harness } from '@/harnesses/testing'

const said = (change: Partial<Harness>) =>
  pathOf(harness({ harnessId: 'h', ...change }))
    .map(({ name, state }) => `${name} ${state}`)
    .join(', ')

describe('the path of work', () => {
  it.each<[Partial<Harness>, string]>([
    [{ phase: 'queued' }, 'onboarding done, work now, proposal ahead, decision ahead, execution ahead, proof ahead'],
    [{ phase: 'awaiting_recovery' }, 'onboarding done, work waits, proposal ahead, decision ahead, execution ahead, proof ahead'],
    [{ phase: 'proposing' }, 'onboarding done, work done, proposal now, decision ahead, execution ahead, proof ahead'],
    [{ phase: 'awaiting_decision', proposalState: 'submitted' }, 'onboarding done, work done, proposal done, decision waits, execution ahead, proof ahead'],
    [{ phase: 'applying', proposalState: 'approved' }, 'onboarding done, work done, proposal done, decision done, execution now, proof ahead'],
    [{ phase: 'proving', proposalState: 'applied' }, 'onboarding done, work done, proposal done, decision done, execution done, proof now'],
    [{ phase: 'proving', proposalState: 'failed' }, 'onboarding done, work done, proposal done, decision done, execution failed, proof now'],
    [{ phase: 'succeeded', proposalState: 'applied', proofId: 'p' }, 'onboarding done, work done, proposal done, decision done, execution done, proof done'],
    [{ phase: 'succeeded' }, 'onboarding done, work done, proposal unneeded, decision unneeded, execution unneeded, proof unneeded'],
    [{ phase: 'failed' }, 'onboarding done, work failed, proposal unneeded, decision unneeded, execution unneeded, proof unneeded'],
    [{ phase: 'failed', proposalState: 'failed', proofId: 'p' }, 'onboarding done, work done, proposal done, decision done, execution failed, proof done'],
    [{ phase: 'cancelled', proposalState: 'rejected' }, 'onboarding done, work done, proposal done, decision cancelled, execution unneeded, proof unneeded'],
    [{ phase: 'cancelled' }, 'onboarding done, work cancelled, proposal unneeded, decision unneeded, execution unneeded, proof unneeded'],
  ])('of %j is: %s', (change, line) => {
    expect(said(change)).toBe(line)
  })
})

describe('the path of what is no work', () => {
  it.each<[Partial<Harness>, string]>([
    [{ purpose: 'onboard', phase: 'running' }, 'queued done, checks now, active ahead'],
    [{ purpose: 'onboard', phase: 'failed' }, 'queued done, checks failed, active unneeded'],
    [{ purpose: 'onboard', phase: 'succeeded' }, 'queued done, checks done, active done'],
    [{ purpose: 'repair', phase: 'running', step: 'repair' }, 'queued done, execution now, proof ahead'],
    [{ purpose: 'repair', phase: 'succeeded', proofId: 'p' }, 'queued done, execution done, proof done'],
    [{ purpose: 'probe', phase: 'running' }, 'queued done, run now'],
  ])('of %j is: %s', (change, line) => {
    expect(said(change)).toBe(line)
  })
})

it('stands where it is not done yet, and in the end at its end', () => {
  const at = (change: Partial<Harness>) => standsAt(pathOf(harness({ harnessId: 'h', ...change })))?.name
  expect(at({ phase: 'applying', proposalState: 'approved' })).toBe('execution')
  expect(at({ phase: 'succeeded', proposalState: 'applied', proofId: 'p' })).toBe('proof')
})
