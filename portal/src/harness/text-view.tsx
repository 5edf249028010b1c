import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'

import { Notice } from '@/components/ui/notice'
import { linesOf, shownOf } from '@/harness/artifact'
import { texts } from '@/texts'
import { CodeText } from '@/patch/code-text'

const ROW_PX = 20
const words = texts.harness.artifacts

/** A text with the numbers of its lines, with as many lines in the page as can be seen. */
export function TextView({ text, name }: { text: string; name: string }) {
  const lines = useMemo(() => linesOf(text), [text])
  const box = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is used in this component alone
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 30 })
  if (lines.length === 0) {
    return <Notice tone="still">{words.empty}</Notice>
  }
  return (
    <div ref={box} tabIndex={0} role="group" aria-label={words.textOf(name)} className="max-h-[70dvh] overflow-auto rounded-lg border bg-background font-mono text-xs">
      <div className="relative min-w-max" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Line key={index} number={index + 1} text={lines[index] ?? ''} start={start} />
        ))}
      </div>
    </div>
  )
}

function Line({ number, text, start }: { number: number; text: string; start: number }) {
  const [shown, more] = shownOf(text)
  return (
    <div className="absolute inset-x-0 flex items-center" style={{ height: ROW_PX, transform: `translateY(${start}px)` }}>
      <span className="sticky left-0 w-14 shrink-0 bg-background pr-3 text-right text-muted-foreground select-none">{number}</span>
      <code className="pr-4 whitespace-pre">
        <CodeText text={shown} />
        {more > 0 && <span className="text-waiting">{words.moreCharacters(more)}</span>}
      </code>
    </div>
  )
}
