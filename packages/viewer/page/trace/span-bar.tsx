import { formatDuration } from '@throughline/trace/format-duration'
import type { ReactElement } from 'react'
import type { SpanRow } from '../../src/api/trace.ts'
import { BAR_WIDTH, boxesPath } from './bar-path.ts'
import { ownStretches } from './span-tree.ts'
import { barOf, type TimeWindow } from './time-scale.ts'

/** Stretches that are closer than this share of the window are drawn as one. */
const FINEST_SHARE = 1 / 2000

/** When a span ran: its own time strong, its waiting for others light, what the whole trace waited for thick. */
export function SpanBar({
  spans,
  place,
  window,
}: {
  readonly spans: readonly SpanRow[]
  readonly place: number
  readonly window: TimeWindow
}): ReactElement | null {
  const span = spans[place]
  if (span === undefined) return null
  const { startMs, durationMs, failed, critical } = span
  const { end, start, side } = barOf(window, startMs, durationMs)
  const finestMs = (window.toMs - window.fromMs) * FINEST_SHARE
  const whole = [[startMs, startMs + durationMs]] as const
  const own = ownStretches(spans, place, finestMs)
  return (
    <>
      {side === 'inside' && (
        <svg
          className={failed ? 'bar bar-failed' : 'bar'}
          viewBox={`0 0 ${BAR_WIDTH} 16`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className="bar-waiting" d={boxesPath(window, whole, { top: 5, height: 6 })} />
          <path className="bar-own" d={boxesPath(window, own, { top: 5, height: 6 })} />
          {critical.length > 0 && (
            <path
              className="bar-critical"
              d={boxesPath(window, critical, { top: 2, height: 12 })}
            />
          )}
          {failed && (
            <path className="bar-outline" d={boxesPath(window, whole, { top: 2, height: 12 })} />
          )}
        </svg>
      )}
      <span
        className={side === 'inside' ? 'bar-duration' : 'bar-duration muted'}
        style={{ left: `${(side === 'before' ? start : end) * 100}%` }}
      >
        {side === 'before' && '◂ '}
        {failed && (
          <span className="failed" aria-hidden="true">
            ✕{' '}
          </span>
        )}
        {formatDuration(durationMs)}
        {side === 'after' && ' ▸'}
      </span>
    </>
  )
}
