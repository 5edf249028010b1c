import { useNowMs } from '@/time/clock'
import { ago, lasting } from '@/time/spans'

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

/** The time of day, for moments that stand beside each other; date and time are in the title. */
export function Clock({ momentMs }: { momentMs: number }) {
  return (
    <time dateTime={new Date(momentMs).toISOString()} title={exact.format(momentMs)}>
      {clock.format(momentMs)}
    </time>
  )
}

/** How long ago a moment was; the exact time is in the title. */
export function Ago({ momentMs }: { momentMs: number }) {
  const nowMs = useNowMs()
  return (
    <time dateTime={new Date(momentMs).toISOString()} title={exact.format(momentMs)}>
      {ago(momentMs, nowMs)}
    </time>
  )
}

/** How long something took, or takes until now while it has no end. */
export function Lasting({ fromMs, untilMs }: { fromMs: number; untilMs: number | null }) {
  return untilMs === null ? <LastingUntilNow fromMs={fromMs} /> : <span>{lasting(untilMs - fromMs)}</span>
}

function LastingUntilNow({ fromMs }: { fromMs: number }) {
  const nowMs = useNowMs()
  return <span>{lasting(nowMs - fromMs)}</span>
}

/** A moment, to the second. */
export function Exact({ momentMs }: { momentMs: number }) {
  return <time dateTime={new Date(momentMs).toISOString()}>{exact.format(momentMs)}</time>
}
