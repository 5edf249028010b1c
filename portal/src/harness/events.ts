import type { HarnessEventsQuery } from '@/__generated__/graphql'

/** One live event of a harness. */
export interface HarnessEvent {
  readonly position: number
  readonly type: string
  readonly occurredAtMs: number
  /** The data as JSON, or only its beginning. */
  readonly beginning: string
  readonly sizeBytes: number
  /** The data, if all of it is here; null: it is too large. */
  readonly data: Readonly<Record<string, unknown>> | null
}

/** The event that a row tells of. */
export function eventOf(row: HarnessEventsQuery['portal_live_events'][number]): HarnessEvent {
  const beginning = row.data_beginning ?? ''
  return {
    position: row.position,
    type: row.type,
    occurredAtMs: Date.parse(row.occurred_at),
    beginning,
    sizeBytes: row.data_size_bytes ?? 0,
    data: wholeOrNull(beginning),
  }
}

function wholeOrNull(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const data: unknown = JSON.parse(json)
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data } : null
  } catch {
    // The beginning of a larger whole is no JSON.
    return null
  }
}

/** Where the events go on from: those on one side of a position, nearest first. */
export interface Beyond {
  readonly side: 'newer' | 'older'
  /** null: from the very first, or the very last. */
  readonly position: number | null
}

export type ReadEvents = (beyond: Beyond) => Promise<readonly HarnessEvent[]>
