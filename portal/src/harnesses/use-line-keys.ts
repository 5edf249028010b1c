import type { RefObject } from 'react'

import type { Reach } from '@/harnesses/harness-group'
import { GROUP_NAMES } from '@/harnesses/filter'
import type { GroupName, Groups } from '@/harnesses/rows'
import { usePageKeys } from '@/keyboard/page-keys'
import { texts } from '@/texts'

// A line that was far away is in the page after a frame or two.
const FRAMES_MAX = 20

/** Moving from line to line by j and k; Enter opens the one that has the focus, as it does with any link. */
export function useLineKeys(groups: Groups, reaches: RefObject<Map<GroupName, Reach>>, search: RefObject<HTMLInputElement | null>): void {
  const move = (by: 1 | -1) => {
    const lines = GROUP_NAMES.flatMap((name) => groups[name].map(({ harnessId }) => ({ name, harnessId })))
    const focused = document.activeElement?.closest<HTMLElement>('[data-harness]')?.dataset['harness']
    const now = lines.findIndex((line) => line.harnessId === focused)
    const next = lines[now === -1 ? 0 : now + by]
    if (next !== undefined) {
      reaches.current.get(next.name)?.reach(next.harnessId)
      focus(next.harnessId, FRAMES_MAX)
    }
  }
  usePageKeys([
    { keys: 'j', does: texts.harnesses.keys.next, call: () => { move(1) } },
    { keys: 'k', does: texts.harnesses.keys.previous, call: () => { move(-1) } },
    { keys: '/', does: texts.harnesses.keys.search, call: () => search.current?.focus() },
  ])
}

function focus(harnessId: string, frames: number): void {
  const link = document.querySelector<HTMLElement>(`[data-harness="${CSS.escape(harnessId)}"] a`)
  if (link !== null) {
    link.focus({ preventScroll: true })
  } else if (frames > 0) {
    requestAnimationFrame(() => {
      focus(harnessId, frames - 1)
    })
  }
}
