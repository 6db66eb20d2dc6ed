/** Value of an attribute. Bytes are base64, as in OTLP's JSON. Integers beyond 2^53 lose precision. */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue }

/** Attributes by name. Has no prototype, so no name is special. */
export type Attributes = Readonly<Record<string, AttributeValue>>

/** Who emitted a record. Shared by all records of one resource in a request. */
export interface ResourceRecord {
  readonly attributes: Attributes
}

/** The library that emitted a record. */
export interface ScopeRecord {
  readonly name: string
  readonly version: string
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer'
export type SpanStatus = 'unset' | 'ok' | 'error'

/** Something that happened during a span. */
export interface SpanEvent {
  readonly name: string
  readonly timeUnixNano: bigint
  readonly attributes: Attributes
}

/** A pointer to a span of another, or of the same, trace. */
export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly traceState: string
  readonly attributes: Attributes
}

/** One span. Ids are lower-case hex. */
export interface SpanRecord {
  readonly traceId: string
  readonly spanId: string
  /** Absent on a root span. */
  readonly parentSpanId: string | undefined
  readonly traceState: string
  /** W3C trace flags in the low byte, then whether the parent is remote. */
  readonly flags: number
  readonly name: string
  readonly kind: SpanKind
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number
  /** Never negative: 0 when the span ends before it starts. */
  readonly durationMs: number
  readonly status: SpanStatus
  readonly statusMessage: string
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  readonly links: readonly SpanLink[]
  readonly droppedAttributesCount: number
  readonly droppedEventsCount: number
  readonly droppedLinksCount: number
  readonly resource: ResourceRecord
  readonly scope: ScopeRecord
  /** `service.name` of the resource, or `unknown_service`. */
  readonly service: string
}

/** One log record. */
export interface LogRecord {
  readonly timeUnixNano: bigint
  readonly observedTimeUnixNano: bigint
  readonly severityNumber: number
  readonly severityText: string
  readonly body: AttributeValue
  readonly attributes: Attributes
  readonly eventName: string
  /** Absent when the line belongs to no trace. */
  readonly traceId: string | undefined
  readonly spanId: string | undefined
  readonly resource: ResourceRecord
  readonly scope: ScopeRecord
  readonly service: string
}

/** A measurement and the span it came from. */
export interface ExemplarRecord {
  readonly timeUnixNano: bigint
  readonly value: number
  readonly traceId: string | undefined
  readonly spanId: string | undefined
  readonly attributes: Attributes
}

export type MetricType = 'gauge' | 'sum' | 'histogram' | 'exponential_histogram' | 'summary'

/** Half of an exponential histogram. */
export interface ExponentialBuckets {
  readonly offset: number
  readonly counts: readonly number[]
}

/** One data point of a metric. What its type does not have is absent. */
export interface MetricPoint {
  readonly metric: string
  readonly description: string
  readonly unit: string
  readonly type: MetricType
  readonly temporality: 'unspecified' | 'delta' | 'cumulative'
  readonly isMonotonic: boolean
  readonly startUnixNano: bigint
  readonly timeUnixNano: bigint
  readonly attributes: Attributes
  /** Value of a gauge or sum. */
  readonly value?: number
  readonly count?: number
  readonly sum?: number
  readonly min?: number
  readonly max?: number
  /** Upper bounds of a histogram's buckets, without the last, infinite one. */
  readonly bounds?: readonly number[]
  readonly bucketCounts?: readonly number[]
  readonly scale?: number
  readonly zeroCount?: number
  readonly positive?: ExponentialBuckets
  readonly negative?: ExponentialBuckets
  readonly quantiles?: readonly { readonly quantile: number; readonly value: number }[]
  readonly exemplars: readonly ExemplarRecord[]
  readonly resource: ResourceRecord
  readonly scope: ScopeRecord
  readonly service: string
}

/** What one request held: its valid records, and how many were left out and why. */
export interface Decoded<T> {
  readonly records: T[]
  readonly rejected: number
  /** Why the first one was rejected; empty when none was. */
  readonly reason: string
}

/** Name of a service whose resource has none. */
export const UNKNOWN_SERVICE = 'unknown_service'

export const SPAN_KINDS: readonly [SpanKind, ...SpanKind[]] = [
  'internal',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]
export const SPAN_STATUSES: readonly [SpanStatus, ...SpanStatus[]] = ['unset', 'ok', 'error']

/** `service.name` of a resource. */
export function serviceOf({ attributes }: ResourceRecord): string {
  const name = attributes['service.name']
  return typeof name === 'string' && name !== '' ? name : UNKNOWN_SERVICE
}

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/

/** Whether `id` is a trace id that is not all zeros, in lower-case hex. */
export function isTraceId(id: string): boolean {
  return TRACE_ID.test(id)
}

/** Whether `id` is a span id that is not all zeros, in lower-case hex. */
export function isSpanId(id: string): boolean {
  return SPAN_ID.test(id)
}

const NO_SPAN_ID = '0'.repeat(16)

/** What is wrong with the ids of a span, or undefined when nothing is. A parent id of zeros is no parent. */
export function flawOfIds(
  traceId: string,
  spanId: string,
  parentSpanId: string,
): string | undefined {
  if (!isTraceId(traceId)) return `trace id ${quote(traceId)} is not 16 bytes, or all zeros`
  if (!isSpanId(spanId)) return `span id ${quote(spanId)} is not 8 bytes, or all zeros`
  if (parentSpanId === '' || parentSpanId === NO_SPAN_ID || isSpanId(parentSpanId)) return undefined
  return `parent span id ${quote(parentSpanId)} is not 8 bytes`
}

function quote(id: string): string {
  return id.length <= 40 ? `"${id}"` : `"${id.slice(0, 40)}…"`
}

/** Milliseconds of nanoseconds, keeping fractions that a double can hold. */
export function toMilliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n) + Number(nanoseconds % 1_000_000n) / 1e6
}

/** Milliseconds from `start` to `end`; 0 when the end is before the start, as after a clock was set back. */
export function elapsedMilliseconds(start: bigint, end: bigint): number {
  return end > start ? toMilliseconds(end - start) : 0
}
