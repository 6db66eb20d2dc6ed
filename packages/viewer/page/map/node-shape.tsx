import type { SpanCategory } from '@throughline/trace'
import type { ReactElement } from 'react'
import type { MapNode } from '../../src/api/service-map.ts'
import { useMeta } from '../data/meta.ts'
import { Link } from '../location/link.tsx'
import { tracesPath } from '../location/paths.ts'
import { CategorySign } from '../parts/category-sign.tsx'
import { hueOf } from '../parts/service-hue.ts'
import type { Point } from './edge-curve.ts'
import { NODE_HEIGHT, NODE_WIDTH } from './map-layout.ts'
import { nodeSearch } from './map-words.ts'

const SIGNS: Readonly<Record<MapNode['kind'], SpanCategory>> = {
  service: 'api',
  database: 'database',
  queue: 'queue',
  external: 'external',
  browser: 'browser',
}

/** A service, or what services call: a box that leads to its traces. */
export function NodeShape({
  node,
  at,
  says,
  onPoint,
  onLeave,
}: {
  readonly node: MapNode
  readonly at: Point | undefined
  readonly says: string
  readonly onPoint: () => void
  readonly onLeave: () => void
}): ReactElement | null {
  const services = useMeta()?.services
  if (at === undefined) return null
  const { name, kind, team, instrumented } = node
  return (
    <Link
      href={tracesPath(nodeSearch(node))}
      className={instrumented ? 'map-node' : 'map-node map-node-outside'}
      onPointerEnter={onPoint}
      onPointerLeave={onLeave}
      onFocus={onPoint}
      onBlur={onLeave}
    >
      <title>{says}</title>
      <g transform={`translate(${at.x} ${at.y})`}>
        <rect className="map-node-box" width={NODE_WIDTH} height={NODE_HEIGHT} rx={5} />
        {kind === 'service' && (
          <rect
            className={`map-node-hue hue-${hueOf(name, services)}`}
            width={4}
            height={NODE_HEIGHT}
            rx={2}
          />
        )}
        <foreignObject width={NODE_WIDTH} height={NODE_HEIGHT}>
          <div className="map-node-text">
            <CategorySign category={SIGNS[kind]} /> <strong>{name}</strong>
            <div>{team ?? (kind === 'browser' ? 'outside' : 'no team')}</div>
          </div>
        </foreignObject>
      </g>
    </Link>
  )
}
