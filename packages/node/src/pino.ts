import { isSpanContextValid, trace } from '@opentelemetry/api'

/** Fields that tie a log line to its span, named as in OpenTelemetry's trace context for JSON logs. */
export interface TraceFields {
  readonly trace_id?: string
  readonly span_id?: string
  readonly trace_flags?: string
}

/**
 * A pino `mixin` that adds the active span's ids to every line; adds nothing outside of a span.
 *
 * It reads the active span when a line is written and patches nothing, so it also works where pino is bundled.
 *
 * @example
 * import pino from 'pino'
 * import { traceMixin } from '@throughline/node/pino'
 * const logger = pino({ mixin: traceMixin })
 */
export function traceMixin(): TraceFields {
  const context = trace.getActiveSpan()?.spanContext()
  if (context === undefined || !isSpanContextValid(context)) return {}
  return {
    trace_id: context.traceId,
    span_id: context.spanId,
    trace_flags: context.traceFlags.toString(16).padStart(2, '0'),
  }
}
