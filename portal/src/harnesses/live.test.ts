import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { FeedListener } from '@/harnesses/feed'
import { LiveHarnesses } from '@/harnesses/live'
import type { Harness } from '@/harnesses/projection'
import { harness, row } from '@/harnesses/testing'
import { GraphqlFailure } from '@/platform/graphql'
import { setClock } from '@/time/clock'

const PAGE = 3

/** A database that is read by pages, and a feed that tells by hand. */
function servers(...given: Harness[]) {
  const table = new Map(given.map((one) => [one.harnessId, one]))
  const asked: string[] = []
  const told = { closed: 0, listener: null as FeedListener | null }
  let fault: Error | null = null
  let held: Promise<void> | null = null
  const answer = async <T,>(question: string, read: () => T): Promise<T> => {
    asked.push(question)
    const hold = held
    const failing = fault
    const found = read()
    await hold
    if (failing !== null) {
      throw failing
    }
    return found
  }
  const some = (keep: (one: Harness) => boolean, order: 1 | -1) => {
    const all = [...table.values()].filter(keep).sort((a, b) => order * (a.lastPosition - b.lastPosition))
    return { harnesses: all.slice(0, PAGE), more: all.length >= PAGE, total: table.size }
  }
  const live = new LiveHarnesses(
    {
      before: (position) => answer(`before ${position ?? 'all'}`, () => some((one) => one.lastPosition < (position ?? Infinity), -1)),
      since: (position) => answer(`since ${position}`, () => some((one) => one.lastPosition > position, 1)),
    },
    (listener) => {
      told.listener = listener
      return () => {
        told.closed += 1
      }
    },
  )
  return {
    live,
    asked,
    told,
    table,
    feed: () => told.listener ?? expect.fail('no feed is open'),
    put: (one: Harness) => table.set(one.harnessId, one),
    fail: (error: Error | null) => {
      fault = error
    },
    /** Answers that are on their way wait until what comes back is called. */
    hold: () => {
      let letGo = () => expect.fail('nothing is held')
      held = new Promise<void>((resolve) => {
        letGo = resolve as typeof letGo
      })
      return async () => {
        held = null
        letGo()
        await settled()
      }
    },
  }
}

const at = (harnessId: string, lastPosition: number, headline = harnessId) => harness({ harnessId, lastPosition, headline })
const settled = () => vi.advanceTimersByTimeAsync(0)
const headlines = (live: LiveHarnesses) => [...live.current().rows.values()].map((one) => one.headline).sort()

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('reading', () => {
  it('brings every page, the latest changed first, and then what changed meanwhile', async () => {
    const { live, asked, put, hold } = servers(at('a', 1), at('b', 2), at('c', 3), at('d', 4))
    const release = hold()
    live.start()
    put(at('a', 5, 'changed while it was read'))
    await release()

    expect(headlines(live)).toEqual(['b', 'c', 'changed while it was read', 'd'])
    expect(asked).toEqual(['before all', 'before 2', 'since 4'])
    expect(live.current()).toMatchObject({ total: 4, failure: null, position: 5 })
  })

  it('asks the next time only for what changed since', async () => {
    const { live, asked, put } = servers(at('a', 1))
    live.start()
    await settled()
    put(at('a', 2, 'newer'))
    put(at('b', 3))
    live.read()
    await settled()

    expect(asked.slice(2)).toEqual(['since 1'])
    expect(headlines(live)).toEqual(['b', 'newer'])
  })

  it('finds rows that were taken away while nobody told, and reads everything again', async () => {
    const { live, table, asked } = servers(at('a', 1), at('b', 2))
    live.start()
    await settled()
    table.delete('a')
    live.read()
    await settled()
    live.read()
    await settled()

    expect(asked.at(-2)).toBe('before all')
    expect(headlines(live)).toEqual(['b'])
  })

  it('is begun again from the top if it failed in the middle, and keeps what it had', async () => {
    const { live, asked, fail } = servers(at('a', 1))
    fail(new GraphqlFailure('unreachable', 'gone'))
    live.start()
    await settled()
    expect(live.current()).toMatchObject({ failure: 'unreachable', readAtMs: null })

    fail(null)
    await vi.advanceTimersByTimeAsync(5000)
    expect(live.current().failure).toBeNull()
    expect(asked).toEqual(['before all', 'before all', 'since 1'])
  })

  it('is dated by the clock of the platform, which all times are told by', async () => {
    const { live } = servers(at('a', 1))
    const platformMs = Date.now() + 3_600_000
    setClock(new Response(null, { headers: { date: new Date(platformMs).toUTCString() } }))
    live.start()
    await settled()
    setClock(new Response(null, { headers: { date: new Date().toUTCString() } }))

    expect(Math.abs((live.current().readAtMs ?? 0) - platformMs)).toBeLessThan(2000)
  })

  it('keeps what is there while the server is gone', async () => {
    const { live, fail } = servers(at('a', 1, 'kept'))
    live.start()
    await settled()
    fail(new GraphqlFailure('unreachable', 'gone'))
    live.read()
    await settled()

    expect(live.current().failure).toBe('unreachable')
    expect(headlines(live)).toEqual(['kept'])
  })
})

describe('live harnesses', () => {
  it('are live only after a reading that was begun when the feed was up', async () => {
    const { live, feed, hold } = servers(at('a', 1))
    const release = hold()
    live.start()
    feed().up()
    await release()
    expect(live.current().connection).toBe('live')

    feed().down()
    const later = hold()
    live.read()
    feed().up()
    expect(live.current().connection).toBe('stale')
    await later()
    expect(live.current().connection).toBe('live')
  })

  it('catch up with what was missed, and never go back', async () => {
    const { live, feed, put } = servers(at('a', 1), at('b', 2))
    live.start()
    feed().up()
    await settled()
    feed().down()
    put(at('a', 7, 'missed meanwhile'))
    feed().up()
    await settled()
    feed().changed(row({ harness_id: 'a', last_position: 6, headline: 'late and old' }))
    await vi.advanceTimersByTimeAsync(200)

    expect(headlines(live)).toEqual(['b', 'missed meanwhile'])
  })

  it('show what comes alone at once, and what comes right after it together', async () => {
    const { live, feed } = servers(at('a', 1))
    live.start()
    await settled()
    let shown = 0
    live.subscribe(() => {
      shown += 1
    })
    for (let position = 2; position < 50; position += 1) {
      feed().changed(row({ harness_id: 'a', last_position: position, headline: `at ${position}` }))
    }

    expect([shown, headlines(live)]).toEqual([1, ['at 2']])
    await vi.advanceTimersByTimeAsync(100)
    expect([shown, headlines(live)]).toEqual([2, ['at 49']])
  })

  it('are read again when a change comes without a column or without anything', async () => {
    const { live, feed, asked } = servers(at('a', 1))
    live.start()
    await settled()

    feed().changed({ harness_id: 'a', last_position: 7 })
    await settled()
    feed().untold()
    await settled()

    expect(asked.slice(2)).toEqual(['since 1', 'since 1'])
  })

  it('lose what the feed says is gone', async () => {
    const { live, feed } = servers(at('a', 1), at('b', 2))
    live.start()
    await settled()
    feed().deleted({ harness_id: 'a' })

    expect(headlines(live)).toEqual(['b'])
  })

  it('ask nothing after they stopped, and an answer that comes too late changes nothing', async () => {
    const { live, asked, told, hold } = servers(at('a', 1))
    const release = hold()
    live.start()
    live.stop()
    await release()
    await vi.advanceTimersByTimeAsync(120_000)

    expect(live.current().rows.size).toBe(0)
    expect(asked).toEqual(['before all'])
    expect(told.closed).toBe(1)
  })
})
