import type { SpanRecord } from '@throughline/otlp'
import { correctTimes, type Skew } from './clock-skew.ts'
import { keepDistinct } from './distinct-spans.ts'
import { linkSpans, listInOrder } from './linked-spans.ts'

/** One span where it stands in the reading. */
export interface PlacedSpan {
  readonly span: SpanRecord
  readonly depth: number
  /** Place of its parent in {@link TraceLayout.spans}. */
  readonly parent: number | undefined
  readonly descendants: number
  /** Milliseconds from the start of the trace, on the clock of the root. */
  readonly startMs: number
  readonly durationMs: number
  readonly skewMs: number
}

/** The spans of one trace in the order of their reading: parents before children, what has lost its parent last. */
export interface TraceLayout {
  readonly spans: readonly PlacedSpan[]
  /** Milliseconds since 1970 at which the trace starts. */
  readonly startUnixMs: number
  /** Milliseconds from the start of the trace, of an instant by the clock of the root. */
  readonly msOf: (unixNano: bigint) => number
  /** Places of the spans whose parent is missing. */
  readonly orphans: readonly number[]
  /** Places of the spans that were cut from their parent, since they were their own ancestor. */
  readonly cut: readonly number[]
  /** Places of the spans that have the id of another one, and are not the answer to it. */
  readonly clashing: readonly number[]
  /** What clocks were moved by; places are in {@link TraceLayout.spans}. */
  readonly skews: readonly Skew[]
}

/** Lays out the spans of one trace. */
export function layOut(given: readonly SpanRecord[]): TraceLayout {
  const { spans, clashing } = keepDistinct(given)
  const linked = linkSpans(spans)
  const { startMs, durationMs, skewMs, skews, baseUnixNano, originMs } = correctTimes(linked)
  const byCorrectedStart = (a: number, b: number): number => (startMs[a] ?? 0) - (startMs[b] ?? 0)
  const children = skewMs.some(skew => skew !== 0)
    ? linked.children.map(below => below.toSorted(byCorrectedStart))
    : linked.children
  const order = [
    ...listInOrder(linked.roots, { children }),
    ...listInOrder(linked.orphans, { children }),
  ]
  /** Places in the reading, by place in the links. */
  const places = new Uint32Array(order.length)
  for (const [place, at] of order.entries()) places[at] = place
  const placesOf = (all: readonly number[]): number[] => all.map(at => places[at] ?? 0)
  const parents = order.map(at => {
    const parent = linked.parents[at]
    return parent === undefined ? undefined : places[parent]
  })
  const descendants = countDescendants(parents)
  const depths = countDepths(parents)
  const cut = new Set(linked.cut)
  return {
    spans: order.flatMap((at, place): PlacedSpan[] => {
      const span = linked.spans[at]
      return span === undefined
        ? []
        : [
            {
              span,
              depth: depths[place] ?? 0,
              parent: parents[place],
              descendants: descendants[place] ?? 0,
              startMs: startMs[at] ?? 0,
              durationMs: durationMs[at] ?? 0,
              skewMs: skewMs[at] ?? 0,
            },
          ]
    }),
    msOf: unixNano => Number(unixNano - baseUnixNano) / 1e6 - originMs,
    startUnixMs: Number(baseUnixNano / 1000n) / 1000 + originMs,
    orphans: placesOf(linked.orphans.filter(at => !cut.has(at))),
    cut: placesOf(linked.cut),
    clashing: order.flatMap((at, place) => {
      const span = linked.spans[at]
      return span !== undefined && clashing.has(span) && !linked.shared.has(span.spanId)
        ? [place]
        : []
    }),
    skews: skews.map(skew => ({ ...skew, place: places[skew.place] ?? 0 })),
  }
}

type Parents = readonly (number | undefined)[]

function countDescendants(parents: Parents): Uint32Array {
  const counts = new Uint32Array(parents.length)
  for (let place = parents.length - 1; place >= 0; place--) {
    const parent = parents[place]
    if (parent !== undefined) counts[parent] = (counts[parent] ?? 0) + (counts[place] ?? 0) + 1
  }
  return counts
}

function countDepths(parents: Parents): Uint32Array {
  const depths = new Uint32Array(parents.length)
  for (const [place, parent] of parents.entries())
    if (parent !== undefined) depths[place] = (depths[parent] ?? 0) + 1
  return depths
}

/** Places of the spans right below one. */
export function* childrenOf(
  place: number,
  spans: readonly { readonly descendants: number }[],
): Generator<number> {
  const end = place + (spans[place]?.descendants ?? 0)
  for (let child = place + 1; child <= end; child += (spans[child]?.descendants ?? 0) + 1)
    yield child
}
