import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'

import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { PatchRowView } from '@/patch/patch-row'
import { rowsOf, type Layout, type PatchRow } from '@/patch/rows'
import { texts } from '@/texts'
import { CodeText } from '@/patch/code-text'

const ROW_PX = 22
const LAYOUTS: readonly Layout[] = ['unified', 'split']

/** A patch, file by file, with as many lines in the page as can be seen. */
export function PatchView({ patch, truncated }: { patch: string; truncated: boolean }) {
  const [layout, setLayout] = useState<Layout>('unified')
  const rows = useMemo(() => rowsOrNone(patch, layout), [patch, layout])
  return (
    <section aria-label={texts.patch.title} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-medium">{texts.patch.title}</h2>
        <Choice label={texts.patch.layout} value={layout} values={LAYOUTS} name={(value) => texts.patch.layouts[value]} onChange={setLayout} />
      </div>
      {truncated && <Notice tone="waiting">{texts.patch.truncated}</Notice>}
      {rows === null ? <PlainPatch patch={patch} /> : <Rows rows={rows} layout={layout} />}
    </section>
  )
}

function Rows({ rows, layout }: { rows: readonly PatchRow[]; layout: Layout }) {
  const box = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is used in this component alone
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 30 })
  return (
    <div ref={box} tabIndex={0} role="group" aria-label={texts.patch.lines} className="max-h-[75dvh] overflow-auto rounded-lg border bg-card font-mono text-xs">
      <div className="relative min-w-max" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row !== undefined && (
              <div key={index} className="absolute inset-x-0" style={{ height: ROW_PX, transform: `translateY(${start}px)` }}>
                <PatchRowView row={row} layout={layout} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

/** Something that calls itself a patch and cannot be read as one is shown as it is. */
function PlainPatch({ patch }: { patch: string }) {
  return (
    <pre tabIndex={0} className="max-h-[75dvh] overflow-auto rounded-lg border bg-card p-3 font-mono text-xs">
      <CodeText text={patch} />
    </pre>
  )
}

function rowsOrNone(patch: string, layout: Layout): readonly PatchRow[] | null {
  try {
    const rows = rowsOf(patch, layout)
    return rows.length > 0 ? rows : null
  } catch {
    return null
  }
}
