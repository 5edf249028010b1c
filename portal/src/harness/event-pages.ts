import type { Beyond, HarnessEvent, ReadEvents } from '@/harness/events'
import { reasonOf, type FailureReason } from '@/platform/graphql'

/** How many events one question brings. */
export const PAGE_EVENTS_MAX = 50

/** How many events are shown at most; of a harness that goes on for days, those around where one reads. */
export const EVENTS_SHOWN_MAX = 1000

/** The events that are shown: without a gap, in the order of their positions. */
export interface EventsState {
  readonly events: readonly HarnessEvent[]
  /** Whether something is before the first or behind the last; both are so until it was looked. */
  readonly hasOlder: boolean
  readonly hasNewer: boolean
  readonly reading: boolean
  /** Why the last reading failed; null: it did not. */
  readonly failure: FailureReason | null
}

/** Where the reading begins: at the last events, at the first, or around one. */
export type Start = 'newest' | 'oldest' | number

type Side = Beyond['side']

/** The events of one harness, page by page to both sides of where the reading began. Events never change. */
export class EventPages {
  private state: EventsState = { events: [], hasOlder: true, hasNewer: true, reading: false, failure: null }
  private readonly listeners = new Set<() => void>()
  /** The newest position that is known to exist. */
  private known = 0
  /** Where the last reading went. */
  private side: Side = 'older'

  constructor(
    private readonly read: ReadEvents,
    private readonly start: Start,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): EventsState => this.state

  /** Reads the first page; again after it failed. */
  async begin(): Promise<void> {
    if (typeof this.start === 'number') {
      // The one that is meant comes with what follows it, then what was before.
      await this.more('newer', this.start - 1)
      await this.more('older', this.start)
    } else {
      const side = this.start === 'newest' ? 'older' : 'newer'
      this.become(side === 'older' ? { hasNewer: false } : { hasOlder: false })
      await this.more(side, null)
    }
  }

  /** Reads the next page on that side. */
  readonly readMore = async (side: Side): Promise<void> => {
    const { events } = this.state
    const at = side === 'newer' ? events.at(-1) : events[0]
    await (at === undefined ? this.begin() : this.more(side, at.position))
  }

  /** Reads again what could not be read. */
  readonly again = (): Promise<void> => this.readMore(this.side)

  /** Something happened at that position: whoever sees the newest sees that too. */
  async happened(position: number): Promise<void> {
    const isNews = position > this.known
    this.known = Math.max(this.known, position)
    if (isNews && !this.state.hasNewer && this.state.events.length > 0) {
      await this.readMore('newer')
    }
  }

  private async more(side: Side, position: number | null): Promise<void> {
    if (this.state.reading) {
      return
    }
    this.side = side
    this.become({ reading: true, failure: null })
    const { known } = this
    try {
      const page = await this.read({ side, position })
      this.become({ ...this.with(page, side), reading: false })
    } catch (error) {
      this.become({ reading: false, failure: reasonOf(error) })
      return
    }
    if (this.known > known && !this.state.hasNewer) {
      // It happened while the page was on its way.
      await this.readMore('newer')
    }
  }

  private with(page: readonly HarnessEvent[], side: Side): Partial<EventsState> {
    const isFull = page.length === PAGE_EVENTS_MAX
    const { events, hasOlder, hasNewer } = this.state
    const isOver = events.length + page.length > EVENTS_SHOWN_MAX
    if (side === 'newer') {
      return { events: [...events, ...page].slice(-EVENTS_SHOWN_MAX), hasNewer: isFull, hasOlder: hasOlder || isOver }
    }
    return { events: [...[...page].reverse(), ...events].slice(0, EVENTS_SHOWN_MAX), hasOlder: isFull, hasNewer: hasNewer || isOver }
  }

  private become(change: Partial<EventsState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) {
      listener()
    }
  }
}
