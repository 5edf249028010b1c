import { useQuery, type keepPreviousData } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import { useLive } from '@/harnesses/live-context'
import { mayPassLater, reasonOf, type FailureReason } from '@/platform/graphql'

/** What was answered to a question, and how asking stands. */
export interface Followed<Data> {
  /** The last answer; undefined: there was none yet. */
  readonly data: Data | undefined
  /** Why asking failed the last time; null: it did not. The answer before stays. */
  readonly failure: FailureReason | null
  readonly again: () => void
}

interface Following<Data> {
  /** What the question is about; another key is another question. */
  readonly key: readonly unknown[]
  readonly ask: () => Promise<Data>
  /** Once it moves, what was answered may be old; left out, that of all harnesses. */
  readonly position?: number
  readonly enabled?: boolean
  /** What is shown of the answer to the question before, until this one is answered; left out, nothing. */
  readonly before?: typeof keepPreviousData
}

interface Answered<Data> {
  /** The position when it was asked. */
  readonly at: number
  readonly answer: Data
}

const AGAIN_AFTER_FAILURE_MS = 5000
// A question that is asked again with every change would be asked hundreds of times a second.
const PAUSE_MS = 1000

/**
 * A question that is asked again whenever the position has moved, and, where the platform is away, until it is answered.
 * However fast the position moves and however slow the answers are, each is waited for before the next is asked.
 */
export function useFollowed<Data>({ key, ask, position, enabled = true, before }: Following<Data>): Followed<Data> {
  const live = useLive()
  const now = usePaced(position ?? live.position)
  const { data, error, isFetching, refetch } = useQuery<Answered<Data>>({
    queryKey: key,
    queryFn: async () => ({ at: now, answer: await ask() }),
    enabled,
    refetchInterval: ({ state }) => (state.error !== null && mayPassLater(reasonOf(state.error)) ? AGAIN_AFTER_FAILURE_MS : false),
    ...(before !== undefined && { placeholderData: before<Answered<Data>> }),
  })
  const asked = useRef<number | null>(null)
  const isBehind = enabled && data !== undefined && data.at < now
  useEffect(() => {
    // What failed is asked again when the position moves or the pause is over, not at once.
    if (isBehind && !isFetching && asked.current !== now) {
      asked.current = now
      void refetch()
    }
  }, [isBehind, isFetching, now, refetch])
  return { data: data?.answer, failure: error === null ? null : reasonOf(error), again: () => void refetch() }
}

/** The position: new at once where it moves alone, once a second where it moves all the time. */
function usePaced(position: number): number {
  const [told, setTold] = useState({ position, atMs: -PAUSE_MS })
  useEffect(() => {
    if (position === told.position) {
      return
    }
    const timer = setTimeout(
      () => {
        setTold({ position, atMs: performance.now() })
      },
      Math.max(0, told.atMs + PAUSE_MS - performance.now()),
    )
    return () => {
      clearTimeout(timer)
    }
  }, [position, told])
  return told.position
}
