import { useQuery } from '@tanstack/react-query'

import { FACTS, ONE_HARNESS, type Facts } from '@/harness/questions'
import { useLive, useLivePosition } from '@/harnesses/live-context'
import { harnessOf, type Harness } from '@/harnesses/projection'
import { usePlatform } from '@/platform/context'
import { reasonOf, type FailureReason } from '@/platform/graphql'

/** A harness by its id: `null` is nowhere, `undefined` not read yet. */
export interface Found {
  readonly harness: Harness | null | undefined
  readonly failure: FailureReason | null
  readonly again: () => void
}

/** The live row of a harness; one that the portal does not follow is asked for whenever something has happened. */
export function useHarness(harnessId: string): Found {
  const { ask } = usePlatform()
  const { rows, readAtMs } = useLive()
  const position = useLivePosition()
  const live = rows.get(harnessId)
  const { data, error, refetch } = useQuery({
    queryKey: ['harness row', harnessId, position],
    queryFn: async () => {
      const [row] = (await ask(ONE_HARNESS, { id: harnessId })).harness_projection
      return row === undefined ? null : harnessOf(row)
    },
    enabled: live === undefined && readAtMs !== null,
    placeholderData: (before) => before,
  })
  const reason = error === null || live !== undefined ? null : reasonOf(error)
  return {
    // An address that is no id is refused by the platform as a question: for people, there is nothing at it.
    harness: live ?? (reason === 'refused' ? null : data),
    failure: reason === 'refused' ? null : reason,
    again: () => void refetch(),
  }
}

/** What stands beside the live row, asked again whenever that moves. */
export function useFacts({ harnessId, lastPosition }: Harness): {
  readonly facts: Facts | undefined
  readonly failed: FailedWith | null
  readonly failure: FailureReason | null
  readonly again: () => void
} {
  const { ask } = usePlatform()
  const { data, error, refetch } = useQuery({
    queryKey: ['harness facts', harnessId, lastPosition],
    queryFn: () => ask(FACTS, { id: harnessId }),
    placeholderData: (before) => before,
  })
  return {
    facts: data?.harness[0],
    failed: failedWith(data?.failure[0]?.data_beginning ?? null),
    failure: error === null ? null : reasonOf(error),
    again: () => void refetch(),
  }
}

/** With which code a harness failed, and why. */
export interface FailedWith {
  readonly code: string
  readonly reason: string
  readonly remedy: string | null
}

function failedWith(data: string | null): FailedWith | null {
  try {
    const { code, reason, remedy } = JSON.parse(data ?? '') as Readonly<Record<string, unknown>>
    return typeof code === 'string' && typeof reason === 'string' ? { code, reason, remedy: typeof remedy === 'string' ? remedy : null } : null
  } catch {
    // A reason of several megabytes is not here; the headline of the harness tells it.
    return null
  }
}

