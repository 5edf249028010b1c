import type { Harness } from '@/harnesses/projection'

/** How many harnesses the page holds; of more, the ones that changed last. */
export const HARNESSES_MAX = 20_000

// Finding what changed longest ago takes a look at all, so it is done for many at once.
const SLACK = 1000

/** Harnesses by id. Never changed in place: a new map is a new reading. */
export type Rows = ReadonlyMap<string, Harness>

const WAITING = new Set(['awaiting_recovery', 'awaiting_decision'])
const ENDED = new Set(['succeeded', 'failed', 'cancelled'])

/** The harnesses as people look for them: what waits for someone, what is under way, what ended. */
export interface Groups {
  readonly waiting: readonly Harness[]
  readonly underWay: readonly Harness[]
  readonly ended: readonly Harness[]
}

/** Which group a harness belongs to. */
export type GroupName = keyof Groups

/** The rows, and the same in groups: open ones keep their place while they run (latest start first); ended ones go by their end. */
export interface Kept {
  readonly rows: Rows
  readonly groups: Groups
}

export const NOTHING_KEPT: Kept = { rows: new Map(), groups: { waiting: [], underWay: [], ended: [] } }

/**
 * What is kept after some readings and without some rows. Of two readings of one row the one with the higher position
 * stays; if none is news, what comes back is what was given. Ordered lists are merged, not sorted anew, because there
 * may be thousands of rows and many changes a second. Of many more than `most`, those that changed last are kept.
 */
export function withReadings(kept: Kept, readings: readonly Harness[], gone: readonly string[] = [], most = HARNESSES_MAX): Kept {
  const news = new Map<string, Harness>()
  for (const harness of readings) {
    if (isNews(news.get(harness.harnessId) ?? kept.rows.get(harness.harnessId), harness)) {
      news.set(harness.harnessId, harness)
    }
  }
  const lost = gone.filter((id) => kept.rows.has(id) && !news.has(id))
  if (news.size === 0 && lost.length === 0) {
    return kept
  }
  const rows = new Map([...kept.rows, ...news])
  const out = new Set([...lost, ...forgotten(rows, most)])
  for (const id of out) {
    rows.delete(id)
    news.delete(id)
  }
  return { rows, groups: regrouped(kept, [...news.values()], out) }
}

/** The group of a harness; a phase that nobody knows is under way. */
export function groupOf({ phase }: Harness): GroupName {
  return WAITING.has(phase) ? 'waiting' : ENDED.has(phase) ? 'ended' : 'underWay'
}

function forgotten(rows: Rows, most: number): readonly string[] {
  if (rows.size <= most + SLACK) {
    return []
  }
  const byChange = [...rows.values()].sort((a, b) => a.lastPosition - b.lastPosition)
  return byChange.slice(0, rows.size - most).map(({ harnessId }) => harnessId)
}

function isNews(known: Harness | undefined, harness: Harness): boolean {
  return known === undefined || known.lastPosition < harness.lastPosition
}

function regrouped({ rows, groups }: Kept, news: readonly Harness[], lost: ReadonlySet<string>): Groups {
  const moved = new Set([...lost, ...news.map((harness) => harness.harnessId).filter((id) => rows.has(id))])
  const group = (name: GroupName, order: Order) => {
    const kept = moved.size === 0 ? groups[name] : groups[name].filter((harness) => !moved.has(harness.harnessId))
    return merged(kept, news.filter((harness) => groupOf(harness) === name).sort(order), order)
  }
  return { waiting: group('waiting', latestStartFirst), underWay: group('underWay', latestStartFirst), ended: group('ended', latestEndFirst) }
}

type Order = (one: Harness, other: Harness) => number

function merged(some: readonly Harness[], others: readonly Harness[], order: Order): readonly Harness[] {
  if (others.length === 0) {
    return some
  }
  const all: Harness[] = []
  let next = 0
  for (const one of some) {
    for (let other = others[next]; other !== undefined && order(other, one) < 0; other = others[next]) {
      all.push(other)
      next += 1
    }
    all.push(one)
  }
  return [...all, ...others.slice(next)]
}

function latestStartFirst(a: Harness, b: Harness): number {
  return b.startedAtMs - a.startedAtMs || (a.harnessId < b.harnessId ? -1 : 1)
}

function latestEndFirst(a: Harness, b: Harness): number {
  return endOf(b) - endOf(a) || latestStartFirst(a, b)
}

function endOf(harness: Harness): number {
  return harness.finishedAtMs ?? harness.updatedAtMs
}
