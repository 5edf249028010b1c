import type { HarnessRowFragment } from '@/__generated__/graphql'

/** One row of `harness_projection`, the one live read; times are in milliseconds since 1970. */
export interface Harness {
  readonly harnessId: string
  readonly purpose: string
  readonly title: string
  readonly continuity: string
  readonly phase: string
  readonly headline: string
  readonly step: string | null
  readonly stepsDone: number
  readonly stepsTotal: number
  readonly interaction: string | null
  readonly browserObserved: boolean
  readonly needs: string | null
  readonly workId: string | null
  readonly principalId: string | null
  readonly proposalId: string | null
  readonly proposalState: string | null
  readonly recoveryCaseId: string | null
  readonly proofId: string | null
  readonly lastPosition: number
  readonly startedAtMs: number
  readonly updatedAtMs: number
  readonly finishedAtMs: number | null
}

/** A row as it comes over the wire. */
export type Row = Readonly<Record<string, unknown>>

/** The columns that the snapshot asks for; the feed brings every column of the table. */
type Column = keyof HarnessRowFragment

/** The row lacks a column or holds something else than the column's type. */
export class OddRow extends Error {}

/** The harness that a whole row tells of. Throws `OddRow`. */
export function harnessOf(row: Row): Harness {
  return {
    harnessId: text(row, 'harness_id'),
    purpose: text(row, 'purpose'),
    title: text(row, 'title'),
    continuity: text(row, 'continuity'),
    phase: text(row, 'phase'),
    headline: text(row, 'headline'),
    step: maybe(row, 'step', text),
    stepsDone: whole(row, 'steps_done'),
    stepsTotal: whole(row, 'steps_total'),
    interaction: maybe(row, 'interaction', text),
    browserObserved: row['browser_observed' satisfies Column] === true,
    needs: maybe(row, 'needs', text),
    workId: maybe(row, 'work_id', text),
    principalId: maybe(row, 'principal_id', text),
    proposalId: maybe(row, 'proposal_id', text),
    proposalState: maybe(row, 'proposal_state', text),
    recoveryCaseId: maybe(row, 'recovery_case_id', text),
    proofId: maybe(row, 'proof_id', text),
    lastPosition: whole(row, 'last_position'),
    startedAtMs: moment(row, 'started_at'),
    updatedAtMs: moment(row, 'updated_at'),
    finishedAtMs: maybe(row, 'finished_at', moment),
  }
}

function text(row: Row, name: Column): string {
  const value = row[name]
  if (typeof value !== 'string') {
    throw new OddRow(`${name} is no text`)
  }
  return value
}

function whole(row: Row, name: Column): number {
  // A server may be set to send 64-bit numbers as text.
  const value = typeof row[name] === 'string' ? Number(row[name]) : row[name]
  if (!Number.isSafeInteger(value)) {
    throw new OddRow(`${name} is no whole number`)
  }
  return value as number
}

function moment(row: Row, name: Column): number {
  const value = Date.parse(text(row, name))
  if (Number.isNaN(value)) {
    throw new OddRow(`${name} is no time`)
  }
  return value
}

function maybe<T>(row: Row, name: Column, read: (row: Row, name: Column) => T): T | null {
  if (row[name] === undefined) {
    throw new OddRow(`${name} is missing`)
  }
  return row[name] === null ? null : read(row, name)
}
