import { isSpanContextValid, trace, type SpanContext } from '@opentelemetry/api'

/** Fields that tie a log line to its span, named as in OpenTelemetry's trace context for JSON logs. */
export interface TraceFields {
  readonly trace_id?: string
  readonly span_id?: string
  readonly trace_flags?: string
}

/** The ids of the active span; nothing outside of one. */
export function readTraceFields(): TraceFields {
  const context = trace.getActiveSpan()?.spanContext()
  if (context === undefined || !isSpanContextValid(context)) return {}
  return { trace_id: context.traceId, span_id: context.spanId, trace_flags: writeFlags(context) }
}

/** Trace flags as W3C Trace Context writes them. */
export function writeFlags({ traceFlags }: SpanContext): string {
  return traceFlags.toString(16).padStart(2, '0')
}
