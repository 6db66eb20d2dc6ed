import type { LogRecord, MetricPoint, ReceivedBody, SpanRecord } from '@throughline/otlp'
import type { DroppedSpans, KnownService, SpanCategory, TraceLink } from '@throughline/trace'
import type { Stored } from '../api/meta.ts'
import type { TraceCount, TraceList } from '../api/traces.ts'

/** How much is kept. When either is passed, the oldest goes. */
export interface StoreLimits {
  readonly maxSpans: number
  /** Bytes of spans and logs, as they are stored. */
  readonly maxBytes: number
}

/** Who answers for a span that names no team itself. */
export type TeamOf = (span: SpanRecord) => string | undefined

/** The service that answers at a host, where that is known. */
export type ServiceOfHost = (host: string) => string | undefined

/** Options of `openWriter`. */
export interface WriterOptions extends Partial<StoreLimits> {
  /** File of the store. What is in it stays. */
  readonly path: string
  /** Asked once for each span of a request, a job or a call. @default what the span's attribute `team` says */
  readonly teamOf?: TeamOf
  /** Asked for the host of each call, so that it is listed under a name that people know. @default hosts keep their names */
  readonly serviceOfHost?: ServiceOfHost
}

/** The one that writes. It is synchronous: who sends waits until what was sent is kept. */
export interface StoreWriter extends Disposable {
  /** `body` is what they came in, where they came so: then they need not be encoded to be kept. */
  addSpans(spans: readonly SpanRecord[], body?: ReceivedBody): void
  addLogs(logs: readonly LogRecord[]): void
  /** Keeps what is said of lost spans, and nothing else. */
  addMetrics(points: readonly MetricPoint[]): void
  stored(): Stored
}

/** Reads on a connection of its own, as it was at that moment, and never holds up the writer. */
export interface StoreReader extends Disposable {
  listTraces(search: string, page: { readonly before?: string; readonly limit: number }): TraceList
  countTraces(search: string, after: number): TraceCount
  /** Undefined where no span of it is here. */
  readTrace(traceId: string): StoredTrace | undefined
  /** Which of these traces are here. */
  existing(traceIds: readonly string[]): ReadonlySet<string>
  services(): readonly KnownService[]
  /** Teams that a span ever named, by name. */
  teams(): readonly string[]
  dropped(): readonly DroppedSpans[]
  /** Requests and jobs that were served, by service, method and route. `sinceMs` is a time since 1970. */
  served(sinceMs: number): readonly ServedRoute[]
  /** Calls, by who calls whom. */
  calls(sinceMs: number): readonly CallGroup[]
  /** Start of the oldest and of the newest span of requests that are stored; undefined when there is none. */
  span(sinceMs: number): { readonly fromMs: number; readonly toMs: number } | undefined
}

/** Everything that is stored of one trace. */
export interface StoredTrace {
  /** Each span once, also where it was sent twice; those that only share an id are all there. By start. */
  readonly spans: readonly SpanRecord[]
  /** By time. */
  readonly logs: readonly LogRecord[]
  /** Whether a part of it was removed to make room. */
  readonly evicted: boolean
  readonly links: readonly TraceLink[]
}

/** All requests, or jobs, of one route. */
export interface ServedRoute {
  readonly service: string
  readonly method: string
  readonly route: string
  readonly isJob: boolean
  /** As the spans say, or {@link TeamOf}; the last one. */
  readonly team: string | undefined
  readonly audience: string | undefined
  readonly unowned: string | undefined
  readonly requests: readonly ServedRequest[]
}

export interface ServedRequest {
  readonly startMs: number
  readonly durationMs: number
  readonly failed: boolean
  readonly traceId: string
  readonly spanId: string
}

/** Calls from a service to one target. */
export interface CallGroup {
  /** A service, or `browser`. */
  readonly from: string
  readonly target: CallTarget
  readonly durationsMs: readonly number[]
  readonly errors: number
  readonly teams: readonly string[]
}

/**
 * Whom a call reaches: the service whose span stands below it, else what the call itself says. A request whose caller is not here
 * makes no call.
 */
export interface CallTarget {
  readonly kind: 'service' | 'database' | 'queue' | 'external'
  /** Name of the service, `postgresql app`, name of the queue, or host with its port where it is not the usual one. */
  readonly name: string
  readonly category: SpanCategory
}
