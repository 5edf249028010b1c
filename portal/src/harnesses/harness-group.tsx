import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'

import { HarnessLine } from '@/harnesses/harness-line'
import type { Harness } from '@/harnesses/projection'

const LINE_PX = 122
const OVERSCAN = 6
// What stays in the window whatever is scrolled to; styles.css says the same to the browser.
const HEADER_PX = 64
const NAVIGATION_PX = 72

/** Brings a harness of the group into the page. */
export interface Reach {
  readonly reach: (harnessId: string) => void
}

interface HarnessGroupProps {
  readonly title: string
  readonly harnesses: readonly Harness[]
  readonly names: ReadonlyMap<string, string>
  readonly ref: Ref<Reach>
}

/** Harnesses under one heading, with as many lines in the page as can be seen; nothing at all if there are none. */
export function HarnessGroup({ title, harnesses, names, ref }: HarnessGroupProps) {
  const headingId = useId()
  const list = useRef<HTMLUListElement>(null)
  const scrollMargin = useTop(list)
  const virtual = useWindowVirtualizer({
    count: harnesses.length,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => harnesses[index]?.harnessId ?? index,
    overscan: OVERSCAN,
    scrollMargin,
    scrollPaddingStart: HEADER_PX,
    scrollPaddingEnd: NAVIGATION_PX,
  })
  useImperativeHandle(ref, () => ({
    reach: (harnessId) => {
      virtual.scrollToIndex(harnesses.findIndex((harness) => harness.harnessId === harnessId))
    },
  }))
  if (harnesses.length === 0) {
    return null
  }
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className="mb-2 text-sm font-medium text-muted-foreground">
        {title} ({harnesses.length})
      </h2>
      <ul ref={list} className="relative overflow-hidden rounded-lg border bg-card" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const harness = harnesses[index]
          return (
            harness !== undefined && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-setsize={harnesses.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 border-b last:border-b-0"
                style={{ transform: `translateY(${start - scrollMargin}px)` }}
              >
                <HarnessLine harness={harness} who={names.get(harness.principalId ?? '') ?? null} />
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}

/** How far below the top of the page an element begins, whatever grows above it. */
function useTop(of: { readonly current: HTMLElement | null }): number {
  const [top, setTop] = useState(0)
  // With every render, too: lines that move from one group to another move what is between, while the page stays as high.
  useLayoutEffect(() => {
    const measure = () => {
      if (of.current !== null) {
        setTop(of.current.getBoundingClientRect().top + window.scrollY)
      }
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(document.body)
    return () => {
      watch.disconnect()
    }
  })
  return top
}
