import { assignLayers, type Arc, breakCycles } from './acyclic-edges.ts'
import { curveThrough, loopAt, type Point } from './edge-curve.ts'
import { type Link, orderLayers } from './layer-order.ts'
import { placeLayers } from './layer-positions.ts'
import { placeLabels } from './map-labels.ts'

export const NODE_WIDTH = 172
export const NODE_HEIGHT = 46
const COLUMN_GAP = 126
const ROW_GAP = 20
/** What a curve takes of a column that it passes. */
const PASSAGE_HEIGHT = 14
const MARGIN = 24
/** Furthest that two curves are apart where they leave the same node. */
const PORT_STEP = 9

/** Where all stands, in pixels of the drawing. */
export interface MapLayout {
  readonly width: number
  readonly height: number
  readonly nodes: ReadonlyMap<string, Point>
  /** As the arcs were given. */
  readonly edges: readonly LaidEdge[]
}

export interface LaidEdge extends Arc {
  /** As `d` of a path has it, from the caller to whom it calls. */
  readonly path: string
  /** Middle of its label; undefined where there is no room. */
  readonly label: Point | undefined
}

/**
 * Lays callers to the left of whom they call. The same nodes and arcs give the same drawing, in whatever order they come; nodes never
 * overlap.
 */
export function layOutMap(ids: readonly string[], arcs: readonly Arc[]): MapLayout {
  const names = ids.toSorted()
  const directed = breakCycles(names, arcs)
  const layerOf = assignLayers(names, directed)
  const chains = directed.map(arc => ({ ...arc, ids: chainOf(arc, layerOf) }))
  const links = chains.flatMap(({ ids: chain }) => linksOf(chain))
  const layers = orderLayers(collectLayers(names, layerOf, chains), links)
  const isNode = new Set(names)
  const heightOf = (id: string): number => (isNode.has(id) ? NODE_HEIGHT : PASSAGE_HEIGHT)
  const tops = placeLayers(layers, links, id => ({ heightPx: heightOf(id) }), ROW_GAP)
  const positions = new Map<string, Point>()
  for (const [layer, members] of layers.entries()) {
    const x = MARGIN + layer * (NODE_WIDTH + COLUMN_GAP)
    for (const id of members) positions.set(id, { x, y: MARGIN + (tops.get(id) ?? 0) })
  }
  const portOf = createPorts(links, id => (positions.get(id)?.y ?? 0) + heightOf(id) / 2)
  const curves = new Map<string, readonly Point[]>()
  for (const { from, to, turned, ids: chain } of chains) {
    const points = pointsOf(chain, positions, portOf)
    if (turned) curves.set(keyOf({ from: to, to: from }), points.toReversed())
    else curves.set(keyOf({ from, to }), points)
  }
  const nodes = new Map(names.flatMap(id => pair(id, positions.get(id))))
  const boxes = [...nodes.values()].map(at => ({ ...at, width: NODE_WIDTH, height: NODE_HEIGHT }))
  const keys = [...curves.keys()].toSorted()
  const middles = placeLabels(
    keys.map(key => curves.get(key) ?? []),
    boxes,
  )
  const labels = new Map(keys.map((key, index) => [key, middles[index]]))
  const bottoms = layers.flat().map(id => (positions.get(id)?.y ?? 0) + heightOf(id))
  return {
    width: 2 * MARGIN + layers.length * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP,
    height: Math.max(0, ...bottoms) + MARGIN,
    nodes,
    edges: arcs.map(({ from, to }) => {
      const key = keyOf({ from, to })
      return { from, to, path: pathOf(from, curves.get(key), nodes), label: labels.get(key) }
    }),
  }
}

const keyOf = ({ from, to }: Arc): string => JSON.stringify([from, to])

const pair = (id: string, at: Point | undefined): [string, Point][] =>
  at === undefined ? [] : [[id, at]]

/** Both ends, and a passage through each column between them. */
function chainOf({ from, to }: Arc, layerOf: ReadonlyMap<string, number>): readonly string[] {
  const columns = (layerOf.get(to) ?? 0) - (layerOf.get(from) ?? 0)
  const passages = Array.from({ length: Math.max(0, columns - 1) }, (_, index) =>
    JSON.stringify([from, to, index]),
  )
  return [from, ...passages, to]
}

const linksOf = (chain: readonly string[]): readonly Link[] =>
  chain.slice(1).map((to, index) => ({ from: chain[index] ?? to, to }))

function collectLayers(
  names: readonly string[],
  layerOf: ReadonlyMap<string, number>,
  chains: readonly { readonly from: string; readonly ids: readonly string[] }[],
): readonly (readonly string[])[] {
  const layers: string[][] = []
  const put = (id: string, layer: number): void => void (layers[layer] ??= []).push(id)
  for (const name of names) put(name, layerOf.get(name) ?? 0)
  for (const { from, ids } of chains) {
    for (const [index, id] of ids.slice(1, -1).entries())
      put(id, (layerOf.get(from) ?? 0) + index + 1)
  }
  return layers
}

/** Height at which each link leaves one end and reaches the other: beside each other, in the order in which they go on. */
function createPorts(
  links: readonly Link[],
  centreOf: (id: string) => number,
): (link: Link, end: 'from' | 'to') => number {
  const ports = { from: new Map<string, number>(), to: new Map<string, number>() }
  for (const end of ['from', 'to'] as const) {
    const other = end === 'from' ? 'to' : 'from'
    for (const [id, some] of Map.groupBy(links, link => link[end])) {
      const step = Math.min(PORT_STEP, (0.8 * NODE_HEIGHT) / some.length)
      const sorted = some.toSorted((a, b) => centreOf(a[other]) - centreOf(b[other]))
      for (const [index, link] of sorted.entries()) {
        ports[end].set(keyOf(link), centreOf(id) + (index - (some.length - 1) / 2) * step)
      }
    }
  }
  return (link, end) => ports[end].get(keyOf(link)) ?? centreOf(link[end])
}

function pointsOf(
  chain: readonly string[],
  positions: ReadonlyMap<string, Point>,
  portOf: (link: Link, end: 'from' | 'to') => number,
): readonly Point[] {
  return linksOf(chain).flatMap(link => [
    { x: (positions.get(link.from)?.x ?? 0) + NODE_WIDTH, y: portOf(link, 'from') },
    { x: positions.get(link.to)?.x ?? 0, y: portOf(link, 'to') },
  ])
}

function pathOf(
  from: string,
  points: readonly Point[] | undefined,
  nodes: ReadonlyMap<string, Point>,
): string {
  if (points !== undefined) return curveThrough(points)
  const at = nodes.get(from)
  return at === undefined ? '' : loopAt({ x: at.x + NODE_WIDTH, y: at.y })
}
