import { ATTR_TEAM } from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import { linkSpans } from './linked-spans.ts'
import { textOf } from './span-attributes.ts'

/** A span with the spans below it, by start. */
export interface SpanNode extends SpanRecord {
  /** Owning team, as the span says. */
  readonly team: string | undefined
  readonly children: readonly SpanNode[]
}

/** All spans of one trace that arrived, across processes. */
export interface TraceTree {
  readonly traceId: string
  /** Spans without a parent. A whole trace has one. */
  readonly roots: readonly SpanNode[]
  /** Spans whose parent did not arrive, and one of each circle of parents. A whole trace has none. */
  readonly orphans: readonly SpanNode[]
  /** All spans, by start. */
  readonly spans: readonly SpanNode[]
}

/** Options of {@link buildTraces}. */
export interface BuildOptions {
  /** Ids of parents that are known to live outside of what was collected; their children count as roots. */
  readonly remoteParents?: readonly string[]
}

type MutableNode = SpanNode & { readonly children: SpanNode[] }

/** Builds the tree of each trace among `spans`, by the start of its first span. A span that arrived twice is there twice. */
export function buildTraces(spans: readonly SpanRecord[], options: BuildOptions = {}): TraceTree[] {
  const byTrace = Map.groupBy(spans, span => span.traceId)
  return [...byTrace.values()].map(group => buildTrace(group, options)).toSorted(byFirstSpan)
}

function buildTrace(given: readonly SpanRecord[], { remoteParents = [] }: BuildOptions): TraceTree {
  const linked = linkSpans(given, id => remoteParents.includes(id))
  const nodes = linked.spans.map((span): MutableNode => ({
    ...span,
    team: textOf(span.attributes[ATTR_TEAM]),
    children: [],
  }))
  const nodesAt = (places: readonly number[]): MutableNode[] =>
    places.flatMap(place => nodes[place] ?? [])
  for (const [place, node] of nodes.entries()) {
    for (const child of nodesAt(linked.children[place] ?? [])) node.children.push(child)
  }
  return {
    traceId: nodes[0]?.traceId ?? '',
    roots: nodesAt(linked.roots),
    orphans: nodesAt(linked.orphans),
    spans: nodes,
  }
}

function byFirstSpan(a: TraceTree, b: TraceTree): number {
  return (a.spans[0]?.startMs ?? 0) - (b.spans[0]?.startMs ?? 0)
}
