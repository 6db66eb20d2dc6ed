import { type PointerEvent, type ReactElement, useState } from 'react'
import { shareOf, ticksOf, type TimeWindow } from './time-scale.ts'

/** So much of the axis must be drawn over before it counts. */
const LEAST_SHARE = 0.01

/** The axis of time above the bars; a stretch that is drawn over it is zoomed into. */
export function TimeAxis({
  window,
  most,
  onZoom,
}: {
  readonly window: TimeWindow
  /** How many marks there is room for. */
  readonly most: number
  readonly onZoom: (window: TimeWindow) => void
}): ReactElement {
  const [drawn, setDrawn] = useState<readonly [number, number]>()
  const shareAt = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - left) / width))
  }
  const start = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const share = shareAt(event)
    setDrawn([share, share])
  }
  const end = (): void => {
    setDrawn(undefined)
    if (drawn === undefined) return
    const [from, to] = drawn.toSorted((a, b) => a - b)
    if (from === undefined || to === undefined || to - from < LEAST_SHARE) return
    const length = window.toMs - window.fromMs
    onZoom({ fromMs: window.fromMs + from * length, toMs: window.fromMs + to * length })
  }
  return (
    <div
      className="axis"
      title="Draw over a stretch to look at it closely"
      onPointerDown={start}
      onPointerMove={event => {
        if (drawn !== undefined) setDrawn([drawn[0], shareAt(event)])
      }}
      onPointerUp={end}
      onPointerCancel={() => setDrawn(undefined)}
    >
      {ticksOf(window, most).map(({ ms, label }) => (
        <span key={ms} className="axis-tick" style={{ left: `${shareOf(window, ms) * 100}%` }}>
          {label}
        </span>
      ))}
      {drawn !== undefined && (
        <span
          className="axis-drawn"
          style={{
            left: `${Math.min(...drawn) * 100}%`,
            width: `${Math.abs(drawn[1] - drawn[0]) * 100}%`,
          }}
        />
      )}
    </div>
  )
}
