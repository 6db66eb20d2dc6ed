import type { Catalog, Resolver } from '@throughline/catalog'

/** What is known of a service beside the trace that is read. */
export interface KnownService {
  readonly name: string
  /** Whether it ever sent a span of a query. */
  readonly queries: boolean
  /** Whether it ever sent a span of a request that it served. */
  readonly serves: boolean
}

/** Spans that a service says are lost. */
export interface DroppedSpans {
  readonly service: string
  /** As the service calls it: `queue_full`, `export_failed`. */
  readonly reason: string
  readonly spans: number
  /** When it was last said, in milliseconds since 1970. */
  readonly atMs: number
}

/** A link between a span of the trace that is read and one of another trace. */
export interface TraceLink {
  /** The span of the trace that is read. */
  readonly spanId: string
  readonly otherTraceId: string
  readonly otherSpanId: string
  /** Whether the span that is read holds the link, or the other one does. */
  readonly heldBy: 'this' | 'other'
  /** Whether the other trace is here. */
  readonly here: boolean
}

/** What is known beside the spans of a trace. All of it may be missing: then less can be said of gaps. */
export interface Surroundings {
  /** The catalog, and its resolver. */
  readonly ownership?: { readonly catalog: Catalog; readonly resolver: Resolver }
  /** Services that have ever sent a span here. */
  readonly services?: readonly KnownService[]
  readonly dropped?: readonly DroppedSpans[]
  readonly links?: readonly TraceLink[]
  /** Whether spans of the trace were removed to make room. */
  readonly evicted?: boolean
}
