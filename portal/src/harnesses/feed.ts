import type { RealtimeChannel, RealtimePostgresChangesPayload, SupabaseClient } from '@supabase/supabase-js'

import type { Row } from '@/harnesses/projection'

/** What a feed tells, in the order in which it happens. */
export interface FeedListener {
  /** From now on every change is told. What happened before has to be read. */
  readonly up: () => void
  /** Changes may be lost from now on. */
  readonly down: () => void
  /** A row as it is now; a column whose large value did not change may be absent. */
  readonly changed: (row: Row) => void
  readonly deleted: (key: Row) => void
  /** A row changed and was too large to be told. */
  readonly untold: () => void
}

/** Starts a feed; what comes back ends it. */
export type OpenFeed = (listener: FeedListener) => () => void

const PAUSES_MS = [1000, 2000, 5000, 10_000]

/**
 * A feed of `harness_projection` over Supabase Realtime that comes back by itself, whatever ends it. A channel follows
 * the session into another organization; rows of that one are not this feed's.
 */
export function harnessFeed(supabase: SupabaseClient, orgId: string): OpenFeed {
  return (listener) => {
    const feed = new Feed(supabase, orgId, listener)
    feed.open()
    return () => {
      feed.close()
    }
  }
}

class Feed {
  private channel: RealtimeChannel | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private attempts = 0
  private ended = false

  constructor(
    private readonly supabase: SupabaseClient,
    private readonly orgId: string,
    private readonly listener: FeedListener,
  ) {}

  open(): void {
    addEventListener('offline', this.listener.down)
    addEventListener('online', this.again)
    void this.join()
  }

  close(): void {
    this.ended = true
    removeEventListener('offline', this.listener.down)
    removeEventListener('online', this.again)
    clearTimeout(this.timer)
    this.leave()
  }

  private async join(): Promise<void> {
    // Without this the channel joins as nobody and changes over to the session's token a moment later.
    await this.supabase.realtime.setAuth().catch(() => undefined)
    if (this.ended || this.channel !== null) {
      return
    }
    this.attempts += 1
    const channel = this.supabase.channel(`harness_projection:${crypto.randomUUID()}`)
    this.channel = channel
    channel
      .on('postgres_changes', { event: '*', schema: 'public', table: 'harness_projection' }, (change) => {
        this.told(change)
      })
      .on('system', {}, (message: { extension?: string; status?: string }) => {
        this.systemSays(channel, message.extension, message.status)
      })
      .subscribe((status) => {
        this.becomes(channel, status)
      })
  }

  private told(change: RealtimePostgresChangesPayload<Record<string, unknown>>): void {
    // The types promise a list; the server sends null where there is no error.
    if ((change.errors as readonly string[] | null)?.length) {
      this.listener.untold()
    } else if (change.eventType === 'DELETE') {
      this.listener.deleted(change.old)
    } else if (change.new['org_id'] === this.orgId) {
      this.listener.changed(change.new)
    }
  }

  private systemSays(channel: RealtimeChannel, extension: string | undefined, status: string | undefined): void {
    if (channel !== this.channel) {
      return
    }
    if (status === 'error') {
      // A refused subscription leaves the channel joined and silent; nobody but us tries again.
      this.later()
    } else if (extension === 'postgres_changes') {
      // Only this says that the database is listened to: being joined does not.
      this.attempts = 0
      this.listener.up()
    }
  }

  private becomes(channel: RealtimeChannel, status: string): void {
    if (channel !== this.channel || status === 'SUBSCRIBED') {
      return
    }
    this.listener.down()
    // After an error or a time-out the client joins again by itself; a channel that the server closed stays closed.
    if (status === 'CLOSED') {
      this.later()
    }
  }

  private later(): void {
    this.listener.down()
    this.leave()
    clearTimeout(this.timer)
    this.timer = setTimeout(this.again, PAUSES_MS[Math.min(this.attempts, PAUSES_MS.length) - 1] ?? 0)
  }

  private readonly again = (): void => {
    clearTimeout(this.timer)
    this.leave()
    void this.join()
  }

  private leave(): void {
    const channel = this.channel
    // First, so that what the channel says about its own end is not heard.
    this.channel = null
    if (channel !== null) {
      void this.supabase.removeChannel(channel)
    }
  }
}
