import { encodeLogs, encodeTraces } from '@throughline/otlp'
import type { LogRecord, SpanRecord } from '@throughline/otlp'

/** A trace as a file of OTLP in JSON: what a request of its spans and one of its logs hold, in one object. */
export function renderOtlpFile(spans: readonly SpanRecord[], logs: readonly LogRecord[]): string {
  return `${encodeTraces(spans).slice(0, -1)},${encodeLogs(logs).slice(1)}`
}
