import { useRef, type RefObject } from 'react'

import type { Reach } from '@/harnesses/harness-group'
import { GROUP_NAMES } from '@/harnesses/filter'
import type { GroupName, Groups } from '@/harnesses/rows'
import { usePageKeys } from '@/keyboard/page-keys'
import { texts } from '@/texts'

// A line that was far away is in the page after a frame or two.
const FRAMES_MAX = 20

/** Moving from line to line by j and k; Enter opens the one that has the focus, as it does with any link. */
export function useLineKeys(groups: Groups, reaches: RefObject<Map<GroupName, Reach>>, search: RefObject<HTMLInputElement | null>): void {
  // A line that goes elsewhere while it has the focus takes the focus with it; the next key goes on where it stood.
  const last = useRef<{ readonly harnessId: string; readonly at: number } | null>(null)
  const move = (by: 1 | -1) => {
    const lines = GROUP_NAMES.flatMap((name) => groups[name].map(({ harnessId }) => ({ name, harnessId })))
    const focused = document.activeElement?.closest<HTMLElement>('[data-harness]')?.dataset['harness'] ?? last.current?.harnessId
    const now = lines.findIndex((line) => line.harnessId === focused)
    const at = now !== -1 ? now + by : last.current === null ? 0 : Math.max(last.current.at + (by === 1 ? 0 : by), 0)
    const next = lines[at]
    if (next !== undefined) {
      last.current = { harnessId: next.harnessId, at }
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
