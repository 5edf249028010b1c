import type { Harness, Row } from '@/harnesses/projection'

/** A harness for tests; what matters to a test stands in the test. */
export function harness(change: Partial<Harness> & { harnessId: string }): Harness {
  return {
    purpose: 'work',
    title: 'Change the footer',
    continuity: 'fresh',
    phase: 'running',
    headline: 'Looking at the repository.',
    step: 'observe',
    stepsDone: 1,
    stepsTotal: 9,
    interaction: null,
    browserObserved: false,
    needs: null,
    workId: null,
    principalId: null,
    proposalId: null,
    proposalState: null,
    recoveryCaseId: null,
    proofId: null,
    lastPosition: 1,
    startedAtMs: 1000,
    updatedAtMs: 2000,
    finishedAtMs: null,
    ...change,
  }
}

/** A row as it comes over the wire. */
export function row(change: Row & { harness_id: string }): Row {
  return {
    purpose: 'work',
    title: 'Change the footer',
    continuity: 'fresh',
    phase: 'running',
    headline: 'Looking at the repository.',
    step: 'observe',
    steps_done: 1,
    steps_total: 9,
    interaction: null,
    browser_observed: false,
    needs: null,
    work_id: null,
    principal_id: null,
    proposal_id: null,
    proposal_state: null,
    recovery_case_id: null,
    proof_id: null,
    last_position: 1,
    started_at: '2026-11-22T13:00:00.123456+00:00',
    updated_at: '2026-11-22T13:00:01+00:00',
    finished_at: null,
    ...change,
  }
}
