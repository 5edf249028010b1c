import { memo } from 'react'

import { languageOf, piecesOf } from '@/patch/highlight'
import type { Layout, PatchRow, Side } from '@/patch/rows'
import { useGrammar } from '@/patch/use-grammar'
import { texts } from '@/texts'
import { CodeText } from '@/patch/code-text'

/** One row of a patch. Signs say what colours say too. */
export const PatchRowView = memo(function PatchRowView({ row, layout }: { row: PatchRow; layout: Layout }) {
  switch (row.is) {
    case 'file':
      return (
        <div className="sticky left-0 flex h-full items-center gap-3 border-y bg-still-ground px-3 font-medium">
          <span><CodeText text={row.file.from === null ? row.file.path : `${row.file.from} → ${row.file.path}`} /></span>
          <span className="text-muted-foreground">{texts.patch.kinds[row.file.kind]}</span>
          <span>
            <span className="text-good">+{row.file.added}</span> <span className="text-bad">−{row.file.deleted}</span>
          </span>
        </div>
      )
    case 'place':
      return <div className="flex h-full items-center bg-moving-ground px-3 whitespace-pre text-moving">{row.text}</div>
    case 'noLines':
      return <div className="flex h-full items-center px-3 text-muted-foreground">{texts.patch.noLines}</div>
    case 'line':
      return layout === 'split' ? <Split {...row} /> : <Unified {...row} />
  }
})

type Line = Extract<PatchRow, { is: 'line' }>

function Unified({ before, after, path }: Line) {
  const side = after ?? before
  const look = before === null ? 'bg-good-ground' : after === null ? 'bg-bad-ground' : ''
  return (
    <div className={`flex h-full items-center ${look}`}>
      <Number side={before} />
      <Number side={after} />
      <Sign sign={before === null ? '+' : after === null ? '−' : ' '} />
      {side !== null && <Code text={side.text} path={path} />}
    </div>
  )
}

function Split({ before, after, path }: Line) {
  return (
    <div className="grid h-full grid-cols-2">
      <Half side={before} path={path} sign="−" look="bg-bad-ground" />
      <Half side={after} path={path} sign="+" look="bg-good-ground" />
    </div>
  )
}

function Half({ side, path, sign, look }: { side: Side | null; path: string; sign: string; look: string }) {
  return (
    <div className={`flex h-full items-center overflow-hidden border-r ${side === null ? 'bg-still-ground' : side.changed ? look : ''}`}>
      <Number side={side} />
      <Sign sign={side?.changed === true ? sign : ' '} />
      {side !== null && <Code text={side.text} path={path} />}
    </div>
  )
}

function Number({ side }: { side: Side | null }) {
  return <span className="w-12 shrink-0 pr-2 text-right text-muted-foreground select-none">{side?.number}</span>
}

function Sign({ sign }: { sign: string }) {
  return <span className="w-4 shrink-0 whitespace-pre">{sign}</span>
}

function Code({ text, path }: { text: string; path: string }) {
  const language = useGrammar(languageOf(path))
  return (
    <code className="pr-4 whitespace-pre">
      {piecesOf(text, language).map(([piece, kind], at) => (
        <span key={at} data-kind={kind ?? undefined}>
          <CodeText text={piece} />
        </span>
      ))}
    </code>
  )
}
