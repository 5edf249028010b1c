import type { Connection } from '@/harnesses/live'
import { texts } from '@/texts'
import { Ago } from '@/time/times'

const LOOKS: Record<Connection, string> = {
  connecting: 'text-muted-foreground',
  live: 'text-good',
  stale: 'rounded-md border border-waiting bg-waiting-ground px-3 py-1 text-waiting',
}

/** Whether what the page shows is what is; the dot only repeats what the words say. */
export function ConnectionSign({ connection, readAtMs }: { connection: Connection; readAtMs: number | null }) {
  return (
    <div className={`flex flex-wrap items-center gap-x-2 text-sm ${LOOKS[connection]}`} data-connection={connection}>
      <span aria-hidden="true" className={`size-2 rounded-full bg-current ${connection === 'live' ? '' : 'opacity-60'}`} />
      <span role="status" className="font-medium">
        {texts.connection[connection]}
      </span>
      {connection === 'stale' && (
        // Outside the status, so that a screen reader is not told anew every second.
        <span>
          {readAtMs === null ? (
            texts.connection.neverRead
          ) : (
            <>
              {texts.connection.staleSince} <Ago momentMs={readAtMs} />.
            </>
          )}
        </span>
      )}
    </div>
  )
}
