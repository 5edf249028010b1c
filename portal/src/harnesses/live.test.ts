import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { FeedListener } from '@/harnesses/feed'
import { LiveHarnesses } from '@/harnesses/live'
import type { Harness } from '@/harnesses/projection'
import { harness, row } from '@/harnesses/testing'
import { GraphqlFailure } from '@/platform/graphql'

/** The two servers as the harnesses see them: snapshots that are answered by hand, and a feed that tells by hand. */
function servers() {
  const questions: { resolve: (snapshot: readonly Harness[]) => void; reject: (error: Error) => void }[] = []
  const told = { closed: 0, listener: null as FeedListener | null }
  const live = new LiveHarnesses(
    () =>
      new Promise((resolve, reject) => {
        questions.push({ resolve, reject })
      }),
    (listener) => {
      told.listener = listener
      return () => {
        told.closed += 1
      }
    },
  )
  const feed = () => told.listener ?? expect.fail('no feed is open')
  const answer = async (...snapshot: Harness[]) => {
    questions.at(-1)?.resolve(snapshot)
    await vi.advanceTimersByTimeAsync(0)
  }
  const refuse = async (error: Error) => {
    questions.at(-1)?.reject(error)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { live, feed, answer, refuse, questions, told }
}

const headlines = (live: LiveHarnesses) => [...live.current().rows.values()].map((one) => one.headline)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('live harnesses', () => {
  it('are live only after a snapshot that was begun when the feed was up', async () => {
    const { live, feed, answer, questions } = servers()
    live.start()
    feed().up()

    await answer(harness({ harnessId: 'a' }))
    expect(live.current().connection).toBe('connecting')

    await answer(harness({ harnessId: 'a' }))
    expect(live.current().connection).toBe('live')
    expect(questions).toHaveLength(2)
  })

  it('are stale from the moment the feed goes down until a snapshot after it came up again', async () => {
    const { live, feed, answer } = servers()
    live.start()
    await answer()
    feed().up()
    await answer(harness({ harnessId: 'a', headline: 'before' }))

    feed().down()
    expect(live.current().connection).toBe('stale')

    feed().up()
    expect(live.current().connection).toBe('stale')

    await answer(harness({ harnessId: 'a', headline: 'missed meanwhile', lastPosition: 2 }))
    expect(live.current().connection).toBe('live')
    expect(headlines(live)).toEqual(['missed meanwhile'])
  })

  it('take a change at once, and no older one', async () => {
    const { live, feed, answer } = servers()
    live.start()
    await answer(harness({ harnessId: 'a', lastPosition: 5 }))

    feed().changed(row({ harness_id: 'a', last_position: 7, headline: 'seventh' }))
    feed().changed(row({ harness_id: 'a', last_position: 6, headline: 'sixth' }))

    expect(headlines(live)).toEqual(['seventh'])
  })

  it('are read again when a change comes without a column or without anything', async () => {
    const { live, feed, answer, questions } = servers()
    live.start()
    await answer()

    feed().changed({ harness_id: 'a', last_position: 7 })
    expect(questions).toHaveLength(2)

    await answer()
    feed().untold()
    expect(questions).toHaveLength(3)
  })

  it('say why they could not be read, keep what they have, and try again', async () => {
    const { live, answer, refuse, questions } = servers()
    live.start()
    await answer(harness({ harnessId: 'a', headline: 'kept' }))
    live.read()
    await refuse(new GraphqlFailure('unreachable', 'gone'))
    expect(live.current().failure).toBe('unreachable')
    expect(headlines(live)).toEqual(['kept'])

    await vi.advanceTimersByTimeAsync(5000)
    expect(questions).toHaveLength(3)
    await answer()
    expect(live.current().failure).toBeNull()
  })

  it('ask nothing after they stopped, and an answer that comes too late changes nothing', async () => {
    const { live, answer, questions, told } = servers()
    live.start()
    live.stop()
    await answer(harness({ harnessId: 'a' }))
    await vi.advanceTimersByTimeAsync(120_000)

    expect(live.current().rows.size).toBe(0)
    expect(questions).toHaveLength(1)
    expect(told.closed).toBe(1)
  })
})
