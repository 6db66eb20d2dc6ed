import type { SpanRecord } from '@throughline/otlp'
import { findSharedIds, type SharedId } from './shared-ids.ts'

/** The spans of a trace, each with the place of its parent: a forest, whatever they say. */
export interface LinkedSpans {
  /** By start. */
  readonly spans: readonly SpanRecord[]
  /** Place of each span's parent in `spans`; absent where it has none, where that is missing, and where links are cut. */
  readonly parents: readonly (number | undefined)[]
  /** Places of the spans below each span, by start. */
  readonly children: readonly (readonly number[])[]
  /** Places of the spans that name no parent. */
  readonly roots: readonly number[]
  /** Places of the spans whose parent is missing, or was cut off. */
  readonly orphans: readonly number[]
  /** Places of the orphans that were cut from their parent, since they were their own ancestor. */
  readonly cut: readonly number[]
  /** Ids that a call and its answer have between them: the answer is below the call. Places are in `spans`. */
  readonly shared: ReadonlyMap<string, SharedId>
}

/**
 * Links the spans of one trace by their ids. Of spans with the same id, the first is the parent; where they are a call
 * and its answer, the call is the parent of the answer, and of what its own service did below it. Where spans are each
 * other's ancestors, the one that begins first is cut from its parent, so that every span is reached once from the top.
 */
export function linkSpans(
  given: readonly SpanRecord[],
  isOutside: (parentSpanId: string) => boolean = () => false,
): LinkedSpans {
  const spans = given.toSorted(byStart)
  const places = new Map<string, number>()
  const doubled = new Set<string>()
  for (const [place, { spanId }] of spans.entries()) {
    if (places.has(spanId)) doubled.add(spanId)
    else places.set(spanId, place)
  }
  const shared = findSharedIds(spans, doubled)
  const parents = spans.map(({ spanId, parentSpanId, service }, place) => {
    const own = shared.get(spanId)
    if (own?.server === place) return own.client
    if (parentSpanId === undefined) return undefined
    const above = shared.get(parentSpanId)
    if (above === undefined) return places.get(parentSpanId)
    return service === spans[above.client]?.service ? above.client : above.server
  })
  const cut = cutCycles(parents)
  const children: number[][] = spans.map(() => [])
  const roots: number[] = []
  const orphans: number[] = []
  for (const [place, { parentSpanId }] of spans.entries()) {
    const parent = parents[place]
    if (parent !== undefined) children[parent]?.push(place)
    else if (parentSpanId === undefined || isOutside(parentSpanId)) roots.push(place)
    else orphans.push(place)
  }
  return { spans, parents, children, roots, orphans, cut, shared }
}

/** The places of `tops` and of all below them, parents before children; without recursion, since a chain may be long. */
export function listInOrder(
  tops: readonly number[],
  { children }: Pick<LinkedSpans, 'children'>,
): number[] {
  const order: number[] = []
  const waiting = tops.toReversed()
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    order.push(place)
    const below = children[place] ?? []
    for (let at = below.length - 1; at >= 0; at--) {
      const child = below[at]
      if (child !== undefined) waiting.push(child)
    }
  }
  return order
}

/** Cuts each cycle at its first span; gives those. */
function cutCycles(parents: (number | undefined)[]): number[] {
  const cut: number[] = []
  /** The walk upwards that came by, by place. */
  const walks = Array.from<number | undefined>({ length: parents.length })
  for (let start = 0; start < parents.length; start++) {
    let place: number | undefined = start
    while (place !== undefined && walks[place] === undefined) {
      walks[place] = start
      place = parents[place]
    }
    if (place === undefined || walks[place] !== start) continue
    const first = firstOfCycle(place, parents)
    parents[first] = undefined
    cut.push(first)
  }
  return cut
}

function firstOfCycle(within: number, parents: readonly (number | undefined)[]): number {
  let first = within
  for (let place = parents[within]; place !== undefined && place !== within; place = parents[place])
    first = Math.min(first, place)
  return first
}

function byStart(a: SpanRecord, b: SpanRecord): number {
  return a.startUnixNano < b.startUnixNano ? -1 : a.startUnixNano > b.startUnixNano ? 1 : 0
}
