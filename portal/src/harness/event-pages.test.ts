import { describe, expect, it } from 'vitest'

import { EVENTS_SHOWN_MAX, EventPages, PAGE_EVENTS_MAX } from '@/harness/event-pages'
import type { Beyond, HarnessEvent, ReadEvents } from '@/harness/events'
import { GraphqlFailure } from '@/platform/graphql'

const event = (position: number): HarnessEvent => ({ position, type: 'StepStarted', occurredAtMs: position, beginning: '{}', sizeBytes: 2, data: {} })

/** A harness whose events stand at every second position, as those of two harnesses of one organization do. */
class Told {
  last = 400
  readonly asked: Beyond[] = []
  fails = false
  meanwhile = () => undefined as unknown

  readonly read: ReadEvents = async (beyond) => {
    this.asked.push(beyond)
    const all = Array.from({ length: this.last / 2 }, (_, at) => event(2 * (at + 1)))
    const position = beyond.position ?? (beyond.side === 'newer' ? 0 : Infinity)
    const found = beyond.side === 'newer' ? all.filter((one) => one.position > position) : all.filter((one) => one.position < position).reverse()
    this.meanwhile()
    await Promise.resolve()
    if (this.fails) {
      throw new GraphqlFailure('unreachable', '')
    }
    return found.slice(0, PAGE_EVENTS_MAX)
  }
}

const ends = (pages: EventPages) => {
  const { events, hasOlder, hasNewer } = pages.current()
  return [events[0]?.position, events.at(-1)?.position, events.length, hasOlder ? 'older' : '', hasNewer ? 'newer' : '']
}

const withoutGaps = (pages: EventPages) => {
  const positions = pages.current().events.map((one) => one.position)
  expect(positions).toEqual(positions.map((_, at) => (positions[0] ?? 0) + 2 * at))
}

describe('pages of events', () => {
  it('begin at the newest and go back to the first', async () => {
    const pages = new EventPages(new Told().read, 'newest')
    await pages.begin()
    expect(ends(pages)).toEqual([302, 400, 50, 'older', ''])
    for (let page = 0; page < 4; page += 1) {
      await pages.readMore('older')
    }
    expect(ends(pages)).toEqual([2, 400, 200, '', ''])
    withoutGaps(pages)
  })

  it('begin at the oldest and go on to the last', async () => {
    const pages = new EventPages(new Told().read, 'oldest')
    await pages.begin()
    expect(ends(pages)).toEqual([2, 100, 50, '', 'newer'])
    for (let page = 0; page < 4; page += 1) {
      await pages.readMore('newer')
    }
    expect(ends(pages)).toEqual([2, 400, 200, '', ''])
    withoutGaps(pages)
  })

  it('begin around an event that a link names', async () => {
    const pages = new EventPages(new Told().read, 200)
    await pages.begin()
    expect(ends(pages)).toEqual([100, 298, 100, 'older', 'newer'])
    withoutGaps(pages)
  })

  it('take up what happens, also while a page is on its way', async () => {
    const told = new Told()
    const pages = new EventPages(told.read, 'newest')
    await pages.happened(told.last)
    await pages.begin()
    told.last = 404
    told.meanwhile = () => {
      told.meanwhile = () => undefined
      told.last = 406
      return pages.happened(406)
    }
    await pages.happened(404)
    expect(ends(pages)).toEqual([302, 406, 53, 'older', ''])
    withoutGaps(pages)
  })

  it('ask once for a position that is told twice, and nothing while newer ones are not shown', async () => {
    const told = new Told()
    const [newest, around] = [new EventPages(told.read, 'newest'), new EventPages(told.read, 100)]
    await newest.begin()
    await around.begin()
    told.asked.length = 0
    told.last = 402
    await newest.happened(402)
    await newest.happened(402)
    await around.happened(402)
    expect(told.asked).toEqual([{ side: 'newer', position: 400 }])
  })

  it('are never more than a page can show: the furthest are let go, and can be asked for again', async () => {
    const told = new Told()
    told.last = 4000
    const [up, down] = [new EventPages(told.read, 'oldest'), new EventPages(told.read, 'newest')]
    for (const [pages, side] of [[up, 'newer'], [down, 'older']] as const) {
      await pages.begin()
      for (let page = 1; page < 24; page += 1) {
        await pages.readMore(side)
      }
      withoutGaps(pages)
    }
    expect(ends(up)).toEqual([402, 2400, EVENTS_SHOWN_MAX, 'older', 'newer'])
    expect(ends(down)).toEqual([1602, 3600, EVENTS_SHOWN_MAX, 'older', 'newer'])
    await up.readMore('older')
    expect(ends(up)).toEqual([302, 2300, EVENTS_SHOWN_MAX, 'older', 'newer'])
  })

  it('say why nothing was read, and go on when they are asked again', async () => {
    const told = new Told()
    told.fails = true
    const pages = new EventPages(told.read, 'newest')
    await pages.begin()
    expect(pages.current()).toMatchObject({ events: [], reading: false, failure: 'unreachable' })
    told.fails = false
    await pages.again()
    expect(pages.current()).toMatchObject({ reading: false, failure: null })
    expect(ends(pages)).toEqual([302, 400, 50, 'older', ''])
    told.fails = true
    await pages.readMore('older')
    told.fails = false
    await pages.again()
    expect(ends(pages)).toEqual([202, 400, 100, 'older', ''])
  })
})
