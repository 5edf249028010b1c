import type { OpenFeed } from '@/harnesses/feed'
import { harnessOf, OddRow, type Harness, type Row } from '@/harnesses/projection'
import { Reading } from '@/harnesses/reading'
import { NOTHING_KEPT, withReadings, type Kept } from '@/harnesses/rows'
import type { Reader } from '@/harnesses/snapshot'
import { reasonOf, type FailureReason } from '@/platform/graphql'
import { platformNowMs } from '@/time/clock'

/** `live`: everything was read after the feed came up, so nothing is missing. `stale`: something may be. */
export type Connection = 'connecting' | 'live' | 'stale'

/** What the page shows. */
export interface LiveState extends Kept {
  readonly connection: Connection
  /** When everything was read last; null: never, and there may be older harnesses than those here. */
  readonly readAtMs: number | null
  /** How many harnesses there are, by the last reading; null: none came to an end. */
  readonly total: number | null
  /** The highest position of any row: a new one says that something happened. */
  readonly position: number
  /** Why the last reading failed; null: it did not. */
  readonly failure: FailureReason | null
}

// Realtime drops changes without a word when there are too many, and only reading again finds out.
const READ_AGAIN_LIVE_MS = 60_000
// Without a feed the page goes on, only slower.
const READ_AGAIN_STALE_MS = 10_000
const READ_AGAIN_FAILED_MS = 5000
// Hundreds of changes a second are shown together: nobody reads faster, and the page stays free to answer.
const TOGETHER_MS = 100

/** The harnesses of one organization, kept as they are: readings from GraphQL, changes from a feed. */
export class LiveHarnesses {
  private state: LiveState = { ...NOTHING_KEPT, connection: 'connecting', readAtMs: null, total: null, position: 0, failure: null }
  private readonly listeners = new Set<() => void>()
  private readonly reading: Reading
  private stopFeed: (() => void) | null = null
  private readTimer: ReturnType<typeof setTimeout> | undefined
  private showTimer: ReturnType<typeof setTimeout> | undefined
  private feedIsUp = false
  private isReading = false
  private readNext = false
  private run = 0
  private told: Harness[] = []
  private gone: string[] = []

  constructor(
    reader: Reader,
    private readonly openFeed: OpenFeed,
  ) {
    this.reading = new Reading(reader)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): LiveState => this.state

  /** Begins to follow; `stop` ends it, and it may begin again. */
  start(): void {
    this.stopFeed = this.openFeed({
      up: () => {
        this.feedIsUp = true
        this.read()
      },
      down: () => {
        this.feedIsUp = false
        this.become({ connection: 'stale' })
      },
      changed: this.changed,
      deleted: (key) => {
        this.gone.push(String(key['harness_id']))
        this.showSoon()
      },
      untold: this.read,
    })
    this.read()
  }

  stop(): void {
    this.run += 1
    this.stopFeed?.()
    this.feedIsUp = false
    this.isReading = false
    this.readNext = false
    clearTimeout(this.readTimer)
    clearTimeout(this.showTimer)
    this.showTimer = undefined
  }

  /** Reads what may be missing now; while a reading is under way, another right after it. */
  readonly read = (): void => {
    if (this.isReading) {
      this.readNext = true
    } else {
      void this.readOnce()
    }
  }

  private async readOnce(): Promise<void> {
    clearTimeout(this.readTimer)
    const { run, feedIsUp } = this
    this.isReading = true
    const isCurrent = () => run === this.run
    const change = await this.reading.read(isCurrent, () => this.state.rows, this.take).then(
      (total): Partial<LiveState> => ({
        total,
        readAtMs: platformNowMs(),
        failure: null,
        // A reading that was begun before the feed came up may lack what happened in between.
        connection: feedIsUp && this.feedIsUp ? 'live' : this.state.connection,
      }),
      (error: unknown) => ({ failure: reasonOf(error) }),
    )
    if (!isCurrent()) {
      return
    }
    this.isReading = false
    this.become(change)
    this.plan()
  }

  private plan(): void {
    if (this.readNext) {
      this.readNext = false
      void this.readOnce()
      return
    }
    const { failure, connection } = this.state
    const pauseMs = connection === 'live' ? READ_AGAIN_LIVE_MS : READ_AGAIN_STALE_MS
    this.readTimer = setTimeout(this.read, failure === null ? pauseMs : READ_AGAIN_FAILED_MS)
  }

  private readonly changed = (row: Row): void => {
    try {
      const harness = harnessOf(row)
      this.reading.hear(harness.harnessId, this.state.rows)
      this.told.push(harness)
      this.showSoon()
    } catch (error) {
      if (!(error instanceof OddRow)) {
        throw error
      }
      // Realtime leaves out large values that did not change.
      this.read()
    }
  }

  private showSoon(): void {
    if (this.showTimer !== undefined) {
      return
    }
    // What comes alone is shown at once, what comes right after it together.
    this.show()
    this.showTimer = setTimeout(() => {
      this.showTimer = undefined
      if (this.told.length > 0 || this.gone.length > 0) {
        this.showSoon()
      }
    }, TOGETHER_MS)
  }

  private show(): void {
    const { told, gone } = this
    this.told = []
    this.gone = []
    this.take(told, gone)
  }

  private readonly take = (readings: readonly Harness[], gone: readonly string[] = []): void => {
    const kept = withReadings(this.state, readings, gone)
    if (kept !== this.state) {
      const position = readings.reduce((highest, { lastPosition }) => Math.max(highest, lastPosition), this.state.position)
      this.become({ rows: kept.rows, groups: kept.groups, position })
    }
  }

  private become(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) {
      listener()
    }
  }
}
