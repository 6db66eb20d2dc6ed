import type { SpanRow, TraceView } from '../../src/api/trace.ts'
import type { Stretch } from '@throughline/trace'

/**
 * When a span worked itself, and no span directly below it ran; gaps shorter than `leastMs` are not told apart. All below
 * a span follow it in the list, so the next one directly below it stands after all that are below the one before.
 */
export function ownStretches(spans: readonly SpanRow[], place: number, leastMs: number): Stretch[] {
  const span = spans[place]
  if (span === undefined) return []
  const stretches: Stretch[] = []
  const last = place + span.descendants
  const end = span.startMs + span.durationMs
  let from = span.startMs
  for (let at = place + 1; at <= last; at += 1 + (spans[at]?.descendants ?? 0)) {
    const child = spans[at]
    if (child === undefined) break
    const until = Math.min(child.startMs, end)
    if (until - from > leastMs) stretches.push([from, until])
    from = Math.max(from, child.startMs + child.durationMs)
  }
  // A span without any below it is its own time, however short it is.
  if (end - from > leastMs || from === span.startMs) stretches.push([from, Math.max(from, end)])
  return stretches
}

/** Places of the spans above a span, the nearest first. */
export function ancestorsOf(spans: readonly SpanRow[], place: number): number[] {
  const ancestors: number[] = []
  let parent = spans[place]?.parent
  while (parent !== undefined) {
    ancestors.push(parent)
    parent = spans[parent]?.parent
  }
  return ancestors
}

/** Where spans of a trace stand after it has grown; those that it no longer has are left out. */
export function carryPlaces(
  before: TraceView,
  after: TraceView,
  places: Iterable<number>,
): ReadonlySet<number> {
  const placeOf = new Map(after.spans.map(({ spanId }, place) => [spanId, place]))
  return new Set([...places].flatMap(place => placeOf.get(before.spans[place]?.spanId ?? '') ?? []))
}

/** The next span after `place` that `matches`, or before it with a `step` of -1; goes round at the end. */
export function findSpan(
  spans: readonly SpanRow[],
  place: number,
  step: 1 | -1,
  matches: (span: SpanRow) => boolean,
): number | undefined {
  const count = spans.length
  for (let tried = 1; tried <= count; tried += 1) {
    const at = (((place + step * tried) % count) + count) % count
    const span = spans[at]
    if (span !== undefined && matches(span)) return at
  }
  return undefined
}
