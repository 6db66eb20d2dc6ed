import { parseJsonBody } from './json-body.ts'
import { readLogsJson } from './json-logs.ts'
import { readMetricsJson } from './json-metrics.ts'
import { readTracesJson } from './json-traces.ts'
import { readLogs } from './protobuf-logs.ts'
import { readMetrics } from './protobuf-metrics.ts'
import { ProtobufReader } from './protobuf-reader.ts'
import { readTraces } from './protobuf-traces.ts'
import type { Decoded, LogRecord, MetricPoint, SpanRecord } from './records.ts'

/** How a body is encoded. */
export type Encoding = 'protobuf' | 'json'

/** The three signals of OTLP. */
export type Signal = 'traces' | 'logs' | 'metrics'

/** Reads the body of an `ExportTraceServiceRequest`. Throws {@link MalformedBody} or {@link OversizedBody}. */
export function decodeTraces(body: Uint8Array, encoding: Encoding): Decoded<SpanRecord> {
  const bytes = bytesOf(body)
  return encoding === 'json'
    ? readTracesJson(parseJsonBody(bytes))
    : readTraces(new ProtobufReader(bytes))
}

/** Reads the body of an `ExportLogsServiceRequest`. Throws {@link MalformedBody} or {@link OversizedBody}. */
export function decodeLogs(body: Uint8Array, encoding: Encoding): Decoded<LogRecord> {
  const bytes = bytesOf(body)
  return encoding === 'json'
    ? readLogsJson(parseJsonBody(bytes))
    : readLogs(new ProtobufReader(bytes))
}

/** Reads the body of an `ExportMetricsServiceRequest`. Throws {@link MalformedBody} or {@link OversizedBody}. */
export function decodeMetrics(body: Uint8Array, encoding: Encoding): Decoded<MetricPoint> {
  const bytes = bytesOf(body)
  return encoding === 'json'
    ? readMetricsJson(parseJsonBody(bytes))
    : readMetrics(new ProtobufReader(bytes))
}

function bytesOf(body: Uint8Array): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}
