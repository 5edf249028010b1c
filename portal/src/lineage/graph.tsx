import '@xyflow/react/dist/style.css'

import { Background, Controls, Handle, Position, ReactFlow, type Node, type NodeProps } from '@xyflow/react'
import { useMemo, useSyncExternalStore } from 'react'

import { HEIGHT, placed, WIDTH } from '@/lineage/layout'
import type { Thing, Tie } from '@/lineage/tie'
import { ThingLink } from '@/lineage/thing-link'
import { texts } from '@/texts'
import { currentTheme, onTheme } from '@/theme/theme'

type ThingNode = Node<{ thing: Thing; direction: 'LR' | 'TB' }, 'thing'>

const TYPES = { thing: ThingBox }
const MARKER = { type: 'arrowclosed' } as const
const NARROW = matchMedia('(max-width: 47.9rem)')

/** The ties as a graph; from top to bottom on a narrow screen. */
export function LineageGraph({ ties }: { ties: readonly Tie[] }) {
  const direction = useSyncExternalStore(onNarrow, () => (NARROW.matches ? 'TB' : 'LR'))
  const theme = useSyncExternalStore(onTheme, currentTheme)
  const nodes = useMemo(
    () =>
      placed(ties, direction).map(
        ({ thing, x, y }): ThingNode => ({ id: thing.key, type: 'thing', position: { x, y }, width: WIDTH, height: HEIGHT, data: { thing, direction } }),
      ),
    [ties, direction],
  )
  const edges = ties.map(({ from, relation, to }) => ({ id: `${from.key} ${relation} ${to.key}`, source: from.key, target: to.key, label: relation, markerEnd: MARKER }))
  return (
    <div role="group" aria-label={texts.proofs.lineage.graph} className="lineage h-[28rem] rounded-lg border bg-card">
      <ReactFlow
        key={direction}
        nodes={nodes}
        edges={edges}
        nodeTypes={TYPES}
        colorMode={theme}
        fitView
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}

function ThingBox({ data: { thing, direction } }: NodeProps<ThingNode>) {
  const [into, out] = direction === 'LR' ? [Position.Left, Position.Right] : [Position.Top, Position.Bottom]
  return (
    <div data-thing={thing.kind} className="flex h-full flex-col justify-center rounded-md border border-input bg-background px-3 text-sm text-foreground">
      <Handle type="target" position={into} isConnectable={false} />
      <span className="text-xs text-muted-foreground">{texts.proofs.lineage.kinds[thing.kind] ?? thing.kind}</span>
      <ThingLink thing={thing} />
      <Handle type="source" position={out} isConnectable={false} />
    </div>
  )
}

function onNarrow(listener: () => void): () => void {
  NARROW.addEventListener('change', listener)
  return () => {
    NARROW.removeEventListener('change', listener)
  }
}
