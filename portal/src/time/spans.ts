import { texts } from '@/texts'

const SECOND_MS = 1000
const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const DAY_S = 24 * HOUR_S
const JUST_NOW_S = 5
const WEEK_S = 7 * DAY_S

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** How long ago a moment was, in its largest unit; a date from a week on. A moment still to come is now. */
export function ago(momentMs: number, nowMs: number): string {
  const seconds = wholeSeconds(nowMs - momentMs)
  if (seconds < JUST_NOW_S) {
    return texts.time.justNow
  }
  if (seconds >= WEEK_S) {
    return date.format(momentMs)
  }
  return texts.time.ago(largest(seconds))
}

/** How long something lasts, in its two largest units; never negative. */
export function lasting(durationMs: number): string {
  const seconds = wholeSeconds(durationMs)
  const { minutes, hours } = texts.time
  if (seconds < MINUTE_S) {
    return largest(seconds)
  }
  if (seconds < HOUR_S) {
    return both(minutes(whole(seconds, MINUTE_S)), texts.time.seconds, seconds % MINUTE_S)
  }
  if (seconds < DAY_S) {
    return both(hours(whole(seconds, HOUR_S)), minutes, whole(seconds % HOUR_S, MINUTE_S))
  }
  return both(texts.time.days(whole(seconds, DAY_S)), hours, whole(seconds % DAY_S, HOUR_S))
}

function largest(seconds: number): string {
  if (seconds < MINUTE_S) {
    return texts.time.seconds(seconds)
  }
  if (seconds < HOUR_S) {
    return texts.time.minutes(whole(seconds, MINUTE_S))
  }
  return seconds < DAY_S ? texts.time.hours(whole(seconds, HOUR_S)) : texts.time.days(whole(seconds, DAY_S))
}

function both(first: string, unit: (count: number) => string, rest: number): string {
  return rest === 0 ? first : `${first} ${unit(rest)}`
}

function whole(seconds: number, unitS: number): number {
  return Math.floor(seconds / unitS)
}

function wholeSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / SECOND_MS))
}
