import type { ReactElement } from 'react'
import type { RouteRow } from '../../src/api/routes.ts'
import {
  BAR_STEP,
  BAR_WIDTH,
  DOWNWARDS,
  sayHistory,
  sparklineBars,
  UPWARDS,
} from './sparkline-bars.ts'

/** Requests over the time as small bars, and below the line those that failed. */
export function Sparkline({ history }: Pick<RouteRow, 'history'>): ReactElement {
  const says = sayHistory(history)
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={says}
      width={history.length * BAR_STEP}
      height={UPWARDS + DOWNWARDS + 1}
    >
      <title>{says}</title>
      <line x2={history.length * BAR_STEP} y1={UPWARDS + 0.5} y2={UPWARDS + 0.5} />
      {sparklineBars(history).map(({ x, upwards, downwards }) => (
        <g key={x}>
          {upwards > 0 && <rect x={x} y={UPWARDS - upwards} width={BAR_WIDTH} height={upwards} />}
          {downwards > 0 && (
            <rect
              className="sparkline-errors"
              x={x}
              y={UPWARDS + 1}
              width={BAR_WIDTH}
              height={downwards}
            />
          )}
        </g>
      ))}
    </svg>
  )
}
