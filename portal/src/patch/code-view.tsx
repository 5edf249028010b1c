import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'

import { CodeText } from '@/patch/code-text'
import { piecesOf } from '@/patch/highlight'
import { useGrammar } from '@/patch/use-grammar'

const ROW_PX = 22

/** Lines of a text in the colours of its language, with as many in the page as can be seen. */
export function CodeView({ text, language, label }: { text: string; language: string | null; label: string }) {
  const known = useGrammar(language)
  const box = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => text.split('\n'), [text])
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is used in this component alone
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 30 })
  return (
    <div ref={box} tabIndex={0} role="group" aria-label={label} className="max-h-[60dvh] overflow-auto rounded-lg border bg-card p-2 font-mono text-xs">
      <div className="relative min-w-max" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <code key={index} className="absolute inset-x-0 block whitespace-pre" style={{ height: ROW_PX, transform: `translateY(${start}px)` }}>
            {piecesOf(lines[index] ?? '', known).map(([piece, kind], at) => (
              <span key={at} data-kind={kind ?? undefined}>
                <CodeText text={piece} />
              </span>
            ))}
          </code>
        ))}
      </div>
    </div>
  )
}
