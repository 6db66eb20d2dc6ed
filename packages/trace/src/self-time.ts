import type { PlacedSpan } from './trace-layout.ts'
import { awaitedChildren } from './awaited-children.ts'

/** How long each span ran while none right below it did that it waited for, in milliseconds. */
export function findSelfTimes(spans: readonly PlacedSpan[]): number[] {
  return spans.map(({ startMs, durationMs }, place) => {
    const endMs = startMs + durationMs
    let selfMs = durationMs
    let coveredTo = startMs
    // Children are by start, so what is covered grows from the left.
    for (const at of awaitedChildren(place, spans)) {
      const child = spans[at]
      if (child === undefined) continue
      const from = Math.max(child.startMs, coveredTo)
      const to = Math.min(child.startMs + child.durationMs, endMs)
      if (to <= from) continue
      selfMs -= to - from
      coveredTo = to
    }
    return Math.max(0, selfMs)
  })
}
