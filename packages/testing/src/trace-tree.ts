import type { SpanRecord } from '@throughline/otlp'

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
  /** Spans whose parent did not arrive. A whole trace has none. */
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

/** Builds the tree of each trace among `spans`, by the start of its first span. */
export function buildTraces(spans: readonly SpanRecord[], options: BuildOptions = {}): TraceTree[] {
  const byTrace = Map.groupBy(spans, span => span.traceId)
  return [...byTrace.values()].map(group => buildTrace(group, options)).toSorted(byFirstSpan)
}

function buildTrace(spans: readonly SpanRecord[], { remoteParents = [] }: BuildOptions): TraceTree {
  const nodes: MutableNode[] = spans
    .map(span => ({ ...span, team: teamOf(span), children: [] }))
    .toSorted(byStart)
  const byId = new Map(nodes.map(node => [node.spanId, node]))
  const roots: SpanNode[] = []
  const orphans: SpanNode[] = []
  for (const node of nodes) {
    const parent = node.parentSpanId === undefined ? undefined : byId.get(node.parentSpanId)
    if (parent !== undefined) parent.children.push(node)
    else if (node.parentSpanId === undefined || remoteParents.includes(node.parentSpanId))
      roots.push(node)
    else orphans.push(node)
  }
  return { traceId: nodes[0]?.traceId ?? '', roots, orphans, spans: nodes }
}

function teamOf({ attributes }: SpanRecord): string | undefined {
  const team = attributes['team']
  return typeof team === 'string' ? team : undefined
}

function byStart(a: SpanRecord, b: SpanRecord): number {
  return a.startUnixNano < b.startUnixNano ? -1 : a.startUnixNano > b.startUnixNano ? 1 : 0
}

function byFirstSpan(a: TraceTree, b: TraceTree): number {
  return (a.spans[0]?.startMs ?? 0) - (b.spans[0]?.startMs ?? 0)
}
