import { useState } from 'react'

import { Button } from '@/components/ui/button'
import { Copy } from '@/components/ui/copy'
import { download } from '@/harness/download'
import type { HarnessEvent } from '@/harness/events'
import { EVENT_DATA } from '@/harness/questions'
import { usePlatform } from '@/platform/context'
import { texts } from '@/texts'
import { bytes } from '@/texts/counted'

const words = texts.harness.events
const INDENT = 2

/** The data of an event: all of it, or where it begins and the rest as a file. */
export function EventData({ harnessId, event }: { harnessId: string; event: HarnessEvent }) {
  const shown = event.data === null ? event.beginning : JSON.stringify(event.data, null, INDENT)
  return (
    <div className="flex flex-col gap-2 border-t px-3 py-2">
      {event.data === null && <Large harnessId={harnessId} event={event} />}
      <div className="relative">
        <pre
          tabIndex={0}
          role="group"
          aria-label={words.dataOf(event.position)}
          className="max-h-96 overflow-auto rounded-md border bg-background p-3 pr-10 font-mono text-xs wrap-anywhere whitespace-pre-wrap"
        >
          {shown}
          {event.data === null && '…'}
        </pre>
        {event.data !== null && (
          <span className="absolute top-2 right-2">
            <Copy text={shown} what={words.dataOf(event.position)} />
          </span>
        )}
      </div>
    </div>
  )
}

function Large({ harnessId, event }: { harnessId: string; event: HarnessEvent }) {
  const { ask } = usePlatform()
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const size = bytes(event.sizeBytes)
  const fetchAll = async () => {
    setState('busy')
    try {
      const { portal_live_events: rows } = await ask(EVENT_DATA, { id: harnessId, position: event.position })
      download(`event-${event.position}.json`, new TextEncoder().encode(JSON.stringify(rows[0]?.data)))
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p className="text-sm text-muted-foreground">{words.large(size)}</p>
      <Button disabled={state === 'busy'} onClick={() => void fetchAll()}>
        {state === 'busy' ? words.downloading : words.download(size)}
      </Button>
      {state === 'failed' && (
        <p role="alert" className="w-full text-sm text-bad">
          {words.notFetched}
        </p>
      )}
    </div>
  )
}
