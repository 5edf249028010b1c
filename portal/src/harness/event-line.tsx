import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'

import { EventData } from '@/harness/event-data'
import type { HarnessEvent } from '@/harness/events'
import { lookOf, sentenceOf, type EventLook } from '@/harness/sentence'
import { texts } from '@/texts'
import { Clock } from '@/time/times'

const words = texts.harness.events

const DOTS: Readonly<Record<EventLook, string>> = {
  good: 'bg-good',
  bad: 'bg-bad',
  waiting: 'bg-waiting',
  still: 'bg-border',
}

/** One event: when, what happened in words, and its data on demand. `isMeant`: the address names it. */
export const EventLine = memo(function EventLine({ harnessId, event, isMeant }: { harnessId: string; event: HarnessEvent; isMeant: boolean }) {
  const [isOpen, setIsOpen] = useState(isMeant)
  const line = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isMeant) {
      line.current?.scrollIntoView({ block: 'center' })
    }
  }, [isMeant])
  return (
    <li ref={line} data-event={event.position} className={isMeant ? 'bg-moving-ground' : ''}>
      <div className="flex items-start gap-1 pr-3">
        <button
          type="button"
          data-event-button=""
          aria-expanded={isOpen}
          onClick={() => {
            setIsOpen(!isOpen)
          }}
          className="flex min-w-0 grow cursor-pointer items-start gap-2.5 px-3 py-2 text-left text-sm hover:bg-still-ground"
        >
          <ChevronRight aria-hidden="true" className={`mt-0.5 size-4 shrink-0 text-muted-foreground ${isOpen ? 'rotate-90' : ''}`} />
          <span aria-hidden="true" className={`mt-1.5 size-2 shrink-0 rounded-full ${DOTS[lookOf(event)]}`} />
          <span className="flex min-w-0 grow flex-col gap-x-3 sm:flex-row sm:justify-between">
            <span className="line-clamp-4 min-w-0 wrap-anywhere">{sentenceOf(event)}</span>
            <code className="shrink-0 text-xs leading-5 text-muted-foreground">{event.type}</code>
          </span>
        </button>
        <span className="flex shrink-0 flex-col items-end py-2 text-xs leading-5 text-muted-foreground">
          <Clock momentMs={event.occurredAtMs} />
          <Link
            to="/harnesses/$harnessId"
            params={{ harnessId }}
            search={(before) => ({ ...before, event: event.position })}
            aria-label={words.position(event.position)}
            className="inline-flex min-h-6 min-w-6 items-center justify-end hover:text-foreground hover:underline"
          >
            #{event.position}
          </Link>
        </span>
      </div>
      {isOpen && <EventData harnessId={harnessId} event={event} />}
    </li>
  )
})
