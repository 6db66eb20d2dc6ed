import { expect, test } from 'vitest'
import { type Arc, assignLayers, breakCycles } from '../../page/map/acyclic-edges.ts'
import { countCrossings, orderLayers } from '../../page/map/layer-order.ts'
import { LABEL_HEIGHT, LABEL_WIDTH, overlaps } from '../../page/map/map-labels.ts'
import { layOutMap, NODE_HEIGHT, NODE_WIDTH } from '../../page/map/map-layout.ts'

/** Arcs as `a>b c>d`. */
const arcsOf = (text: string): Arc[] =>
  text.split(' ').map(pair => {
    const [from = '', to = ''] = pair.split('>')
    return { from, to }
  })
const idsOf = (arcs: readonly Arc[]): string[] => [
  ...new Set(arcs.flatMap(({ from, to }) => [from, to])),
]
const layersOf = (text: string): Record<string, number> => {
  const arcs = arcsOf(text)
  return Object.fromEntries(assignLayers(idsOf(arcs), breakCycles(idsOf(arcs), arcs)))
}

/** A graph of 60 nodes that is always the same: each is called by some before it, and a few call back. */
function makeLargeGraph(): { readonly ids: string[]; readonly arcs: Arc[] } {
  let seed = 7
  const below = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % limit
  }
  const ids = Array.from({ length: 60 }, (_, index) => `node-${index}`)
  const arcs = ids.slice(1).flatMap((to, index) => [
    { from: `node-${below(index + 1)}`, to },
    { from: `node-${below(60)}`, to: `node-${below(60)}` },
  ])
  return { ids, arcs: [...new Map(arcs.map(arc => [`${arc.from}>${arc.to}`, arc])).values()] }
}

test.for([
  ['a>b b>c', { a: 0, b: 1, c: 2 }],
  ['a>c a>b b>c', { a: 0, b: 1, c: 2 }],
  ['a>d b>d d>e a>e', { a: 0, b: 0, d: 1, e: 2 }],
  ['a>b b>a', { a: 0, b: 1 }],
  ['z>a a>b b>c c>a', { z: 0, a: 1, b: 2, c: 3 }],
  ['a>a a>b', { a: 0, b: 1 }],
] as const)('%s stands in columns by the longest way to it', ([text, expected]) => {
  expect(layersOf(text)).toEqual(expected)
})

test('a cycle is cut at the same place in whatever order its arcs come', () => {
  const arcs = arcsOf('web>api api>worker worker>web browser>web')
  const turned = (some: readonly Arc[]): Arc[] =>
    breakCycles(idsOf(some), some).filter(arc => arc.turned)
  expect(turned(arcs)).toMatchObject([{ from: 'web', to: 'worker' }])
  expect(turned(arcs.toReversed())).toEqual(turned(arcs))
})

test('layers are ordered so that links cross less', () => {
  const layers = [
    ['a', 'b', 'c'],
    ['x', 'y', 'z'],
  ]
  const links = arcsOf('a>z b>y c>x')
  const callees = new Map(links.map(({ from, to }) => [from, [to]]))
  expect(countCrossings(layers, callees)).toBe(3)
  expect(countCrossings(orderLayers(layers, links), callees)).toBe(0)
})

test('the same graph gives the same drawing in whatever order it comes', () => {
  const { ids, arcs } = makeLargeGraph()
  const one = layOutMap(ids, arcs)
  const other = layOutMap(ids.toReversed(), arcs.toReversed())
  expect(other.nodes).toEqual(one.nodes)
  expect(other.edges.toReversed()).toEqual(one.edges)
})

test('sixty nodes stand within the drawing, and nothing stands on anything else', () => {
  const { ids, arcs } = makeLargeGraph()
  const { nodes, edges, width, height } = layOutMap(ids, arcs)
  const boxes = [...nodes.values()].map(at => ({ ...at, width: NODE_WIDTH, height: NODE_HEIGHT }))
  const labels = edges.flatMap(({ label }) =>
    label === undefined
      ? []
      : [
          {
            x: label.x - LABEL_WIDTH / 2,
            y: label.y - LABEL_HEIGHT / 2,
            width: LABEL_WIDTH,
            height: LABEL_HEIGHT,
          },
        ],
  )
  const all = [...boxes, ...labels]
  const hits = all.flatMap((box, index) =>
    all.slice(index + 1).filter(other => overlaps(box, other)),
  )
  expect(boxes).toHaveLength(60)
  expect(labels.length).toBeGreaterThan(40)
  expect(hits).toEqual([])
  expect(Math.min(...boxes.flatMap(({ x, y }) => [x, y]))).toBeGreaterThanOrEqual(0)
  expect(Math.max(...boxes.map(box => box.x + box.width))).toBeLessThanOrEqual(width)
  expect(Math.max(...boxes.map(box => box.y + box.height))).toBeLessThanOrEqual(height)
})

test('every edge has a curve from its caller to whom it calls, also where it leads back or to itself', () => {
  const arcs = arcsOf('a>b b>c a>c c>a b>b')
  const { nodes, edges } = layOutMap(['a', 'b', 'c'], arcs)
  const left = (id: string): number => nodes.get(id)?.x ?? Number.NaN
  const starts = edges.map(({ path }) => Number(/^M(-?[\d.]+)/.exec(path)?.[1]))
  const ends = edges.map(({ path }) => Number(/(-?[\d.]+)( -?[\d.]+)?$/.exec(path)?.[1]))
  expect(starts.slice(0, 4)).toEqual([
    left('a') + NODE_WIDTH,
    left('b') + NODE_WIDTH,
    left('a') + NODE_WIDTH,
    left('c'),
  ])
  expect(ends[3]).toBe(left('a') + NODE_WIDTH)
  expect(edges[4]?.path).toMatch(/^M[\d. ]+c/)
})

test('a curve passes a column between two others without touching its nodes', () => {
  const { nodes, edges } = layOutMap(['a', 'b', 'c'], arcsOf('a>b b>c a>c'))
  const { y = Number.NaN } = nodes.get('b') ?? {}
  const passed = [...(edges[2]?.path ?? '').matchAll(/ (-?[\d.]+)H/g)].map(([, at]) => Number(at))
  expect(passed).toHaveLength(1)
  expect(passed.filter(at => at > y && at < y + NODE_HEIGHT)).toEqual([])
})

test('nothing is a drawing, too', () => {
  expect(layOutMap([], [])).toMatchObject({ edges: [], nodes: new Map() })
})
