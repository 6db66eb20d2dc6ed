import type { LogRecord, SpanRecord } from '@throughline/otlp'

/** A log record at a span, so long after its start. */
export function makeLog(
  span: SpanRecord,
  afterMs: number,
  given: Partial<LogRecord> = {},
): LogRecord {
  return {
    timeUnixNano: span.startUnixNano + BigInt(afterMs) * 1_000_000n,
    observedTimeUnixNano: 0n,
    severityNumber: 9,
    severityText: 'info',
    body: '',
    attributes: {},
    eventName: '',
    traceId: span.traceId,
    spanId: span.spanId,
    resource: span.resource,
    scope: span.scope,
    service: span.service,
    ...given,
  }
}
