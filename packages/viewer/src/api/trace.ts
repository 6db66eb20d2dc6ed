import type { Gap, SpanCategory, SpanOwner, Stretch } from '@throughline/trace'
import type { AttributeValue, SpanKind, SpanStatus } from '@throughline/otlp'

/** `GET /api/traces/:traceId`: one trace, ready to be drawn. 404 where no span of it is here. */
export interface TraceView {
  readonly traceId: string
  readonly title: string
  readonly outcome: string
  readonly failed: boolean
  /** Milliseconds since 1970. */
  readonly startUnixMs: number
  readonly durationMs: number
  readonly services: readonly string[]
  readonly teams: readonly string[]
  readonly failure: FailureView | undefined
  /** As the trace's reading orders them. `parent` and `span` are places in this list. */
  readonly spans: readonly SpanRow[]
  readonly logs: readonly LogRow[]
  readonly gaps: readonly Gap[]
  /** The same trace elsewhere; absent where it is not configured. */
  readonly links: { readonly grafana?: string; readonly jaeger?: string; readonly sentry?: string }
}

/** What went wrong, who answers for it, and how they are reached. */
export interface FailureView {
  readonly span: number
  readonly sentence: string
  readonly team: string | undefined
  /** `ownership.yaml:61`. */
  readonly decidedBy: string | undefined
  /** Channels of the team, as the catalog has them: `pagerduty:billing`, `#billing`. */
  readonly page: string | undefined
  readonly people: string | undefined
}

/** One row of the waterfall: what is needed to draw it. The rest is asked for when a span is chosen. */
export interface SpanRow {
  readonly spanId: string
  readonly parent: number | undefined
  readonly depth: number
  readonly descendants: number
  readonly service: string
  readonly title: string
  readonly category: SpanCategory
  readonly team: string | undefined
  readonly startMs: number
  readonly durationMs: number
  readonly selfMs: number
  readonly skewMs: number
  readonly critical: readonly Stretch[]
  readonly failed: boolean
  readonly failure: string | undefined
}

/** A log record of the trace. */
export interface LogRow {
  readonly span: number | undefined
  readonly atMs: number
  /** Milliseconds since 1970. */
  readonly timeUnixMs: number
  readonly service: string
  readonly severityNumber: number
  readonly severityText: string
  readonly body: string
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** `GET /api/traces/:traceId/spans/:spanId`: all of one span. */
export interface SpanDetail {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly name: string
  readonly title: string
  readonly kind: SpanKind
  readonly category: SpanCategory
  readonly service: string
  readonly owner: SpanOwner | undefined
  readonly status: SpanStatus
  readonly statusMessage: string
  readonly startUnixMs: number
  readonly durationMs: number
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly resource: Readonly<Record<string, AttributeValue>>
  readonly scope: { readonly name: string; readonly version: string }
  readonly traceState: string
  readonly events: readonly SpanEventView[]
  readonly links: readonly SpanLinkView[]
  readonly dropped: { readonly attributes: number; readonly events: number; readonly links: number }
}

export interface SpanEventView {
  readonly name: string
  /** Milliseconds from the start of the span. */
  readonly atMs: number
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

export interface SpanLinkView {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Readonly<Record<string, AttributeValue>>
  /** Whether that trace is here. */
  readonly here: boolean
}

// `GET /api/traces/:traceId/otlp` gives the trace as an OTLP/JSON file: one object with `resourceSpans` and `resourceLogs`.
// `POST /api/import` takes such a file, or a plain ExportTraceServiceRequest in JSON.

/** Answer of `POST /api/import`. */
export interface Imported {
  readonly traceIds: readonly string[]
  readonly spans: number
  readonly logs: number
  /** Records that were left out, and the first reason. */
  readonly rejected: number
  readonly reason: string
}
