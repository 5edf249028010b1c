import type { Harness } from '@/harnesses/projection'

/** Harnesses by id. Never changed in place: a new map is a new reading. */
export type Rows = ReadonlyMap<string, Harness>

/** The rows with `harness` in them, unless a reading that is as new or newer is there: then the same map. */
export function withHarness(rows: Rows, harness: Harness): Rows {
  return isNews(rows, harness) ? new Map(rows).set(harness.harnessId, harness) : rows
}

/** The rows without one harness. */
export function withoutHarness(rows: Rows, harnessId: string): Rows {
  const left = new Map(rows)
  return left.delete(harnessId) ? left : rows
}

/**
 * The rows after a snapshot. A row that the snapshot lacks is gone, unless it arrived while the snapshot was under way;
 * of two readings of one row the one with the higher position stays.
 */
export function afterSnapshot(rows: Rows, snapshot: readonly Harness[], arrivedMeanwhile: ReadonlySet<string>): Rows {
  const inSnapshot = new Set(snapshot.map((harness) => harness.harnessId))
  const after = new Map([...rows].filter(([id]) => inSnapshot.has(id) || arrivedMeanwhile.has(id)))
  for (const harness of snapshot) {
    if (isNews(after, harness)) {
      after.set(harness.harnessId, harness)
    }
  }
  return after
}

function isNews(rows: Rows, harness: Harness): boolean {
  const known = rows.get(harness.harnessId)
  return known === undefined || known.lastPosition < harness.lastPosition
}

const WAITING = new Set(['awaiting_recovery', 'awaiting_decision'])
const ENDED = new Set(['succeeded', 'failed', 'cancelled'])

/** The harnesses as people look for them: what waits for someone, what is under way, what ended. */
export interface Groups {
  readonly waiting: readonly Harness[]
  readonly underWay: readonly Harness[]
  readonly ended: readonly Harness[]
}

/** The rows in groups. Open ones keep their place while they run (latest start first); ended ones go by their end. */
export function grouped(rows: Rows): Groups {
  const all = [...rows.values()].sort(latestStartFirst)
  return {
    waiting: all.filter((harness) => WAITING.has(harness.phase)),
    underWay: all.filter((harness) => !WAITING.has(harness.phase) && !ENDED.has(harness.phase)),
    ended: all.filter((harness) => ENDED.has(harness.phase)).sort((a, b) => endOf(b) - endOf(a)),
  }
}

function latestStartFirst(a: Harness, b: Harness): number {
  return b.startedAtMs - a.startedAtMs || (a.harnessId < b.harnessId ? -1 : 1)
}

function endOf(harness: Harness): number {
  return harness.finishedAtMs ?? harness.updatedAtMs
}
