import type { Harness } from '@/harnesses/projection'
import { HARNESSES_MAX, type Rows } from '@/harnesses/rows'
import type { Reader } from '@/harnesses/snapshot'

// Where changes come faster than they are read, the next reading goes on.
const PAGES_MAX = 50

/** Where a page is taken: what was read, and the ids of what is not there any more. */
export type Take = (readings: readonly Harness[], gone?: readonly string[]) => void

/**
 * Reads the harnesses of an organization: all of them once, page by page, and from then on what changed since.
 * Positions are given to changes in the order of their commits, so nothing that was committed later hides below one
 * that was read.
 */
export class Reading {
  /** Everything up to this position was read; null: not yet. */
  private readTo: number | null = null
  /** What the feed told of during this reading, and whether a harness was among it that nobody knew. */
  private heard = { ids: new Set<string>(), unknown: false }

  constructor(private readonly reader: Reader) {}

  /** The feed told of a harness. */
  hear(harnessId: string, rows: Rows): void {
    this.heard.ids.add(harnessId)
    this.heard.unknown ||= !rows.has(harnessId)
  }

  /**
   * Hands every page to `take` as it comes, for as long as `isCurrent`; how many harnesses there are, if it is current to the end. Throws what the
   * reader throws; what was taken until then stays, and the next reading reads it again.
   */
  async read(isCurrent: () => boolean, rows: () => Rows, take: Take): Promise<number> {
    this.heard = { ids: new Set(), unknown: false }
    const from = this.readTo ?? (await this.readAll(isCurrent, rows, take))
    if (!isCurrent()) {
      return 0
    }
    const { total, readTo } = await this.readSince(from, isCurrent, take)
    // Nothing new was told, and yet there are more or fewer: rows were taken away while nobody heard.
    const isWhole = this.heard.unknown || total > HARNESSES_MAX || total === rows().size
    if (isCurrent()) {
      this.readTo = isWhole ? readTo : null
    }
    return total
  }

  private async readAll(isCurrent: () => boolean, rows: () => Rows, take: Take): Promise<number> {
    const seen = new Set<string>()
    let page = await this.reader.before(null)
    const from = page.harnesses[0]?.lastPosition ?? 0
    for (;;) {
      const { harnesses } = page
      if (!isCurrent()) {
        return from
      }
      take(harnesses)
      for (const { harnessId } of harnesses) {
        seen.add(harnessId)
      }
      const last = harnesses.at(-1)
      if (!page.more || last === undefined || seen.size >= HARNESSES_MAX) {
        break
      }
      page = await this.reader.before(last.lastPosition)
    }
    // What changed meanwhile moved above where the reading began, so it was not seen and is not gone.
    take([], [...rows().values()].filter((row) => row.lastPosition <= from && !seen.has(row.harnessId) && !this.heard.ids.has(row.harnessId)).map((row) => row.harnessId))
    return from
  }

  private async readSince(from: number, isCurrent: () => boolean, take: Take): Promise<{ readonly total: number; readonly readTo: number }> {
    let readTo = from
    for (let pages = 1; ; pages += 1) {
      const { harnesses, more, total } = await this.reader.since(readTo)
      if (isCurrent()) {
        take(harnesses)
      }
      readTo = harnesses.at(-1)?.lastPosition ?? readTo
      if (!more || pages === PAGES_MAX || !isCurrent()) {
        return { total, readTo }
      }
    }
  }
}
