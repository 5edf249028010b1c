import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'

import { NotRead } from '@/components/not-read'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { EventLine } from '@/harness/event-line'
import { nextIn } from '@/harness/focus'
import type { HarnessSearch } from '@/harness/search'
import { useEvents } from '@/harness/use-events'
import type { Harness } from '@/harnesses/projection'
import { usePageKeys } from '@/keyboard/page-keys'
import { texts } from '@/texts'

const words = texts.harness.events
const keys = texts.harness.keys
const ORDERS = ['newest', 'oldest'] as const

/** What happened in a harness, event by event, page by page; what happens now comes by itself. */
export function EventsPart({ harness, order, event }: { harness: Harness } & Pick<HarnessSearch, 'order' | 'event'>) {
  const navigate = useNavigate({ from: '/harnesses/$harnessId' })
  const { events, hasOlder, hasNewer, reading, failure, readMore, again } = useEvents(harness, event ?? order ?? 'newest')
  const list = useRef<HTMLOListElement>(null)
  const isOldestFirst = order === 'oldest'
  const turn = () => {
    void navigate({ search: (before) => ({ ...before, order: isOldestFirst ? undefined : 'oldest', event: undefined }), replace: true })
  }
  usePageKeys([
    { keys: 'j', does: keys.next, call: () => { nextIn(list.current, 1) } },
    { keys: 'k', does: keys.previous, call: () => { nextIn(list.current, -1) } },
    { keys: 'o', does: keys.order, call: turn },
  ])
  const shown = isOldestFirst ? events : events.toReversed()
  const sides = isOldestFirst ? (['older', 'newer'] as const) : (['newer', 'older'] as const)
  const more = (side: 'newer' | 'older') =>
    (side === 'newer' ? hasNewer : hasOlder) && events.length > 0 && (
      <Button disabled={reading} onClick={() => void readMore(side)}>
        {words[side]}
      </Button>
    )
  return (
    <section aria-label={words.title} className="flex flex-col items-start gap-3">
      <Choice label={words.order} value={isOldestFirst ? 'oldest' : 'newest'} values={ORDERS} name={(value) => words.orders[value]} onChange={turn} />
      {event !== undefined && events.length > 0 && !events.some((one) => one.position === event) && <Notice tone="waiting">{words.missing(event)}</Notice>}
      {events.length === 0 && failure === null && <Notice tone="still">{reading ? words.reading : words.none}</Notice>}
      {more(sides[0])}
      {events.length > 0 && (
        <ol ref={list} className="w-full divide-y overflow-hidden rounded-lg border bg-card">
          {shown.map((one) => (
            <EventLine key={one.position} harnessId={harness.harnessId} event={one} isMeant={one.position === event} />
          ))}
        </ol>
      )}
      {failure !== null && (
        <div className="w-full">
          <NotRead what={words.failed} reason={failure} onTryAgain={() => void again()} />
        </div>
      )}
      {more(sides[1])}
    </section>
  )
}
