import type { Stretch } from './reading.ts'
import type { PlacedSpan } from './trace-layout.ts'
import { awaitedChildren } from './awaited-children.ts'

/** Clocks and timers are not exact: a span that ends so little after the next one began may be what it waited for. */
const OVERLAP_MS = 0.1

/** A span whose wait is still to be explained, up to `untilMs`. */
interface Open {
  readonly place: number
  readonly untilMs: number
}

/**
 * When the trace waited for which span itself, by place: from the end of the span at `top` backwards, always over the
 * child that ended last before. What no child explains, the span did itself. A child that outlives its
 * parent counts up to the end of that.
 */
export function findCriticalPath(spans: readonly PlacedSpan[], top: number): Stretch[][] {
  const stretches: Stretch[][] = spans.map(() => [])
  const first = spans[top]
  if (first === undefined) return stretches
  const open: Open[] = [{ place: top, untilMs: first.startMs + first.durationMs }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { place, untilMs } = next
    const span = spans[place]
    if (span === undefined) continue
    const own = stretches[place] ?? []
    let cursor = untilMs
    for (const at of byEnd(place, spans)) {
      const child = spans[at]
      if (child === undefined) continue
      const endMs = Math.min(child.startMs + child.durationMs, untilMs)
      if (endMs > cursor + OVERLAP_MS || child.startMs >= Math.min(cursor, endMs)) continue
      if (endMs <= span.startMs) break
      const until = Math.min(endMs, cursor)
      if (until < cursor) own.push([until, cursor])
      open.push({ place: at, untilMs: until })
      cursor = Math.max(child.startMs, span.startMs)
    }
    if (span.startMs < cursor) own.push([span.startMs, cursor])
    own.reverse()
  }
  return stretches
}

/** Children that are waited for, the last-ending first. */
function byEnd(place: number, spans: readonly PlacedSpan[]): number[] {
  const endOf = (at: number): number => (spans[at]?.startMs ?? 0) + (spans[at]?.durationMs ?? 0)
  return awaitedChildren(place, spans).toSorted((a, b) => endOf(b) - endOf(a))
}
