import { formatDuration } from '@throughline/trace/format-duration'
import type { ReactElement } from 'react'
import type { MapEdge } from '../../src/api/service-map.ts'
import { Link } from '../location/link.tsx'
import { tracesPath } from '../location/paths.ts'
import { formatRate } from '../parts/rate.ts'
import { LABEL_HEIGHT, LABEL_WIDTH } from './map-labels.ts'
import type { LaidEdge } from './map-layout.ts'

/** Calls from one node to another: a curve that leads to their traces. */
export function EdgeShape({
  edge: { search },
  laid,
  width,
  failing,
  says,
  isDim,
  onPoint,
  onLeave,
}: {
  readonly edge: MapEdge
  readonly laid: LaidEdge | undefined
  readonly width: number
  /** From 0 to 1. */
  readonly failing: number
  readonly says: string
  readonly isDim: boolean
  readonly onPoint: () => void
  readonly onLeave: () => void
}): ReactElement | null {
  if (laid === undefined) return null
  const { path } = laid
  return (
    <Link
      href={tracesPath(search)}
      className={isDim ? 'map-edge map-dim' : 'map-edge'}
      aria-label={`${says}: traces`}
      onPointerEnter={onPoint}
      onPointerLeave={onLeave}
      onFocus={onPoint}
      onBlur={onLeave}
    >
      <title>{says}</title>
      <path className="map-edge-reach" d={path} />
      <path className="map-edge-line" d={path} strokeWidth={width} markerEnd="url(#map-arrow)" />
      {failing > 0 && (
        <path
          className="map-edge-failing"
          d={path}
          pathLength={1}
          strokeWidth={width}
          strokeDasharray={`0 ${1 - failing} ${failing}`}
        />
      )}
    </Link>
  )
}

/** How often, how long, and whether something failed. It is not read out: the curve says it. */
export function EdgeLabel({
  edge: { rate, errors, p95Ms },
  laid,
  isDim,
}: {
  readonly edge: MapEdge
  readonly laid: LaidEdge | undefined
  readonly isDim: boolean
}): ReactElement | null {
  if (laid?.label === undefined) return null
  const { x, y } = laid.label
  return (
    <g
      className={isDim ? 'map-label map-dim' : 'map-label'}
      transform={`translate(${x} ${y})`}
      aria-hidden="true"
    >
      <rect
        x={-LABEL_WIDTH / 2}
        y={-LABEL_HEIGHT / 2}
        width={LABEL_WIDTH}
        height={LABEL_HEIGHT}
        rx={3}
      />
      <text y={4}>
        {formatRate(rate)} · {formatDuration(p95Ms)}
        {errors > 0 && <tspan className="map-label-failing"> ✕</tspan>}
      </text>
    </g>
  )
}
