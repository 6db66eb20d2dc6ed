import { type ReactElement, useMemo, useState } from 'react'
import type { MapEdge, MapNode, ServiceMap } from '../../src/api/service-map.ts'
import { failingShare, strokeWidths } from './edge-stroke.ts'
import { EdgeLabel, EdgeShape } from './edge-shape.tsx'
import { layOutMap } from './map-layout.ts'
import { createNames, sayEdge, sayNode } from './map-words.ts'
import { NodeShape } from './node-shape.tsx'

/** Smallest scale at which the names can still be read: below it the drawing scrolls. */
const SMALLEST_SCALE = 0.72

/** Services and what they call, from left to right. */
export function MapDrawing({ map }: { readonly map: ServiceMap }): ReactElement {
  const { nodes, edges } = map
  const [pointed, setPointed] = useState<string>()
  const layout = useLayout(nodes, edges)
  const nameOf = createNames(nodes)
  const widths = strokeWidths(edges)
  const lines = new Map([
    ...nodes.map(node => [node.id, sayNode(node)] as const),
    ...edges.map(edge => [keyOf(edge), sayEdge(edge, nameOf)] as const),
  ])
  const isDim = (edge: MapEdge): boolean =>
    pointed !== undefined && ![edge.from, edge.to, keyOf(edge)].includes(pointed)
  const point = (key: string | undefined) => () => setPointed(key)
  return (
    <div className="map">
      <div className="map-box" tabIndex={0} role="region" aria-label="Map of services">
        <svg
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          style={{
            width: `clamp(${layout.width * SMALLEST_SCALE}px, 100%, ${layout.width}px)`,
          }}
        >
          <defs>
            <marker
              id="map-arrow"
              viewBox="0 0 10 10"
              refX="10"
              refY="5"
              markerWidth="10"
              markerHeight="10"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 10 5 0 10z" />
            </marker>
          </defs>
          {edges.map((edge, index) => (
            <EdgeShape
              key={keyOf(edge)}
              edge={edge}
              laid={layout.edges[index]}
              width={widths[index] ?? 1}
              failing={failingShare(edge)}
              says={lines.get(keyOf(edge)) ?? ''}
              isDim={isDim(edge)}
              onPoint={point(keyOf(edge))}
              onLeave={point(undefined)}
            />
          ))}
          {edges.map((edge, index) => (
            <EdgeLabel
              key={keyOf(edge)}
              edge={edge}
              laid={layout.edges[index]}
              isDim={isDim(edge)}
            />
          ))}
          {nodes.map(node => (
            <NodeShape
              key={node.id}
              node={node}
              at={layout.nodes.get(node.id)}
              says={lines.get(node.id) ?? ''}
              onPoint={point(node.id)}
              onLeave={point(undefined)}
            />
          ))}
        </svg>
      </div>
      <p className="map-says muted">
        {(pointed === undefined ? undefined : lines.get(pointed)) ??
          'Calls go from left to right. Thicker: more often; red at the end: what failed; dashed: seen only from outside. A click leads to the traces.'}
      </p>
    </div>
  )
}

const keyOf = ({ from, to }: MapEdge): string => JSON.stringify([from, to])

/** Laid out again only when there are other nodes or edges, not when they only have other numbers. */
function useLayout(
  nodes: readonly MapNode[],
  edges: readonly MapEdge[],
): ReturnType<typeof layOutMap> {
  const shape = JSON.stringify([nodes.map(({ id }) => id), edges.map(({ from, to }) => [from, to])])
  return useMemo(() => {
    const [ids, pairs] = JSON.parse(shape) as [string[], [string, string][]]
    return layOutMap(
      ids,
      pairs.map(([from, to]) => ({ from, to })),
    )
  }, [shape])
}
