import type { OpenFeed } from '@/harnesses/feed'
import { harnessOf, OddRow, type Harness, type Row } from '@/harnesses/projection'
import { afterSnapshot, withHarness, withoutHarness, type Rows } from '@/harnesses/rows'
import { reasonOf, type FailureReason } from '@/platform/graphql'

/** `live`: a snapshot was read after the feed came up, so nothing is missing. `stale`: something may be. */
export type Connection = 'connecting' | 'live' | 'stale'

/** What the page shows. */
export interface LiveState {
  readonly rows: Rows
  readonly connection: Connection
  /** null: never. */
  readonly readAtMs: number | null
  /** Why the last reading failed; null: it did not. */
  readonly failure: FailureReason | null
}

// Realtime drops changes without a word when there are too many, and only reading again finds out.
const READ_AGAIN_LIVE_MS = 60_000
// Without a feed the page goes on, only slower.
const READ_AGAIN_STALE_MS = 10_000
const READ_AGAIN_FAILED_MS = 5000

/** The harnesses of one organization, kept as they are: snapshots from GraphQL, changes from a feed. */
export class LiveHarnesses {
  private state: LiveState = { rows: new Map(), connection: 'connecting', readAtMs: null, failure: null }
  private readonly listeners = new Set<() => void>()
  private stopFeed: (() => void) | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private feedIsUp = false
  /** The ids that arrived since the reading under way began; null: none is under way. */
  private arrived: Set<string> | null = null
  private readNext = false
  private run = 0

  constructor(
    private readonly readSnapshot: () => Promise<readonly Harness[]>,
    private readonly openFeed: OpenFeed,
  ) {}

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
        this.become({ rows: withoutHarness(this.state.rows, String(key['harness_id'])) })
      },
      untold: this.read,
    })
    this.read()
  }

  stop(): void {
    this.run += 1
    this.stopFeed?.()
    this.feedIsUp = false
    this.arrived = null
    this.readNext = false
    clearTimeout(this.timer)
  }

  /** Reads a snapshot now; while one is under way, another right after it. */
  readonly read = (): void => {
    if (this.arrived !== null) {
      this.readNext = true
    } else {
      void this.readOnce()
    }
  }

  private async readOnce(): Promise<void> {
    clearTimeout(this.timer)
    const { run, feedIsUp } = this
    const arrived = new Set<string>()
    this.arrived = arrived
    const change = await this.readSnapshot().then(
      (snapshot) => () => ({
        rows: afterSnapshot(this.state.rows, snapshot, arrived),
        readAtMs: Date.now(),
        failure: null,
        // A snapshot that was begun before the feed came up may lack what happened in between.
        connection: feedIsUp && this.feedIsUp ? ('live' as const) : this.state.connection,
      }),
      (error: unknown) => () => ({ failure: reasonOf(error) }),
    )
    if (run !== this.run) {
      return
    }
    this.arrived = null
    this.become(change())
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
    this.timer = setTimeout(this.read, failure === null ? pauseMs : READ_AGAIN_FAILED_MS)
  }

  private readonly changed = (row: Row): void => {
    try {
      const harness = harnessOf(row)
      this.arrived?.add(harness.harnessId)
      this.become({ rows: withHarness(this.state.rows, harness) })
    } catch (error) {
      if (!(error instanceof OddRow)) {
        throw error
      }
      // Realtime leaves out large values that did not change.
      this.read()
    }
  }

  private become(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) {
      listener()
    }
  }
}
