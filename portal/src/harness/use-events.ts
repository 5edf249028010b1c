import { useEffect, useState, useSyncExternalStore } from 'react'

import { EventPages, PAGE_EVENTS_MAX, type EventsState, type Start } from '@/harness/event-pages'
import { eventOf, type ReadEvents } from '@/harness/events'
import { EVENTS } from '@/harness/questions'
import type { Harness } from '@/harnesses/projection'
import { usePlatform } from '@/platform/context'
import type { Ask } from '@/platform/graphql'

/** The events of a harness from `start` on, with those that happen; for another harness or start, mount anew. */
export function useEvents({ harnessId, lastPosition }: Harness, start: Start): EventsState & Pick<EventPages, 'readMore' | 'again'> {
  const { ask } = usePlatform()
  const [pages] = useState(() => new EventPages(reader(ask, harnessId), start))
  useEffect(() => {
    void pages.begin()
  }, [pages])
  useEffect(() => {
    void pages.happened(lastPosition)
  }, [pages, lastPosition])
  return { ...useSyncExternalStore(pages.subscribe, pages.current), readMore: pages.readMore, again: pages.again }
}

function reader(ask: Ask, harnessId: string): ReadEvents {
  return async ({ side, position }) => {
    const beyond = position === null ? {} : side === 'newer' ? { _gt: position } : { _lt: position }
    const order = side === 'newer' ? 'asc' : 'desc'
    const { portal_live_events: rows } = await ask(EVENTS, { id: harnessId, beyond, order, limit: PAGE_EVENTS_MAX })
    return rows.map(eventOf)
  }
}
