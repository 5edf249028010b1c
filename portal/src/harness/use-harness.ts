import { FACTS, ONE_HARNESS, type Facts } from '@/harness/questions'
import { useLive } from '@/harnesses/live-context'
import { harnessOf, type Harness } from '@/harnesses/projection'
import { useFollowed } from '@/harnesses/use-followed'
import { usePlatform } from '@/platform/context'
import type { FailureReason } from '@/platform/graphql'

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
  const live = rows.get(harnessId)
  const { data, failure, again } = useFollowed({
    key: ['harness row', harnessId],
    ask: async () => {
      const [row] = (await ask(ONE_HARNESS, { id: harnessId })).harness_projection
      return row === undefined ? null : harnessOf(row)
    },
    enabled: live === undefined && readAtMs !== null,
  })
  const harness = live ?? data
  // An address that is no id is refused by the platform as a question: for people, there is nothing at it.
  return harness === undefined && failure === 'refused' ? { harness: null, failure: null, again } : { harness, failure: harness === undefined ? failure : null, again }
}

/** What stands beside the live row, asked again whenever that moves. */
export function useFacts({ harnessId, lastPosition }: Harness): {
  readonly facts: Facts | undefined
  readonly failed: FailedWith | null
  readonly failure: FailureReason | null
  readonly again: () => void
} {
  const { ask } = usePlatform()
  const { data, failure, again } = useFollowed({
    key: ['harness facts', harnessId],
    position: lastPosition,
    ask: () => ask(FACTS, { id: harnessId }),
  })
  return {
    facts: data?.harness[0],
    failed: failedWith(data?.failure[0]?.data_beginning ?? null),
    failure,
    again,
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

