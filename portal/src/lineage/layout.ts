import dagre from '@dagrejs/dagre'

import { tied, type Thing, type Tie } from '@/lineage/tie'

/** Where a thing stands, by its upper left corner. */
export interface Placed {
  readonly thing: Thing
  readonly x: number
  readonly y: number
}

/** How large a thing is drawn, in pixels. */
export const WIDTH = 200
export const HEIGHT = 64
const BETWEEN_RANKS = 90
const BETWEEN_THINGS = 24

/** The things in ranks, causes before what came of them: from left to right, or from top to bottom where it is narrow. */
export function placed(ties: readonly Tie[], direction: 'LR' | 'TB'): readonly Placed[] {
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: direction, ranksep: BETWEEN_RANKS, nodesep: BETWEEN_THINGS })
  graph.setDefaultEdgeLabel(() => ({}))
  const things = tied(ties)
  for (const { key } of things) {
    graph.setNode(key, { width: WIDTH, height: HEIGHT })
  }
  for (const { from, to } of ties) {
    graph.setEdge(from.key, to.key)
  }
  dagre.layout(graph)
  return things.map((thing) => {
    const { x, y } = graph.node(thing.key) as { readonly x: number; readonly y: number }
    return { thing, x: x - WIDTH / 2, y: y - HEIGHT / 2 }
  })
}
