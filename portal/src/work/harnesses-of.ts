import { useMemo } from 'react'

import { useLive } from '@/harnesses/live-context'
import type { Harness } from '@/harnesses/projection'
import { GROUP_NAMES } from '@/harnesses/filter'

/** The live harnesses of a work item: those that wait first, then those under way, then those that ended last. */
export function useHarnessesOf(workId: string): readonly Harness[] {
  const { groups } = useLive()
  return useMemo(() => GROUP_NAMES.flatMap((name) => groups[name].filter((harness) => harness.workId === workId)), [groups, workId])
}
