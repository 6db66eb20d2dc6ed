import { readLogsJson } from './json-logs.ts'
import { readMetricsJson } from './json-metrics.ts'
import { readTracesJson } from './json-traces.ts'
import { asObject, type JsonObject } from './json-value.ts'
import { readLogs } from './protobuf-logs.ts'
import { readMetrics } from './protobuf-metrics.ts'
import { MalformedBody, ProtobufReader } from './protobuf-reader.ts'
import { readTraces } from './protobuf-traces.ts'
import type { Decoded, LogRecord, MetricPoint, SpanRecord } from './records.ts'

/** How a body is encoded. */
export type Encoding = 'protobuf' | 'json'

/** The three signals of OTLP. */
export type Signal = 'traces' | 'logs' | 'metrics'

/** Reads the body of an `ExportTraceServiceRequest`. Throws {@link MalformedBody}. */
export function decodeTraces(body: Uint8Array, encoding: Encoding): Decoded<SpanRecord> {
  return encoding === 'json' ? readTracesJson(parse(body)) : readTraces(open(body))
}

/** Reads the body of an `ExportLogsServiceRequest`. Throws {@link MalformedBody}. */
export function decodeLogs(body: Uint8Array, encoding: Encoding): Decoded<LogRecord> {
  return encoding === 'json' ? readLogsJson(parse(body)) : readLogs(open(body))
}

/** Reads the body of an `ExportMetricsServiceRequest`. Throws {@link MalformedBody}. */
export function decodeMetrics(body: Uint8Array, encoding: Encoding): Decoded<MetricPoint> {
  return encoding === 'json' ? readMetricsJson(parse(body)) : readMetrics(open(body))
}

function open(body: Uint8Array): ProtobufReader {
  return new ProtobufReader(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
}

function parse(body: Uint8Array): JsonObject {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  try {
    return asObject(JSON.parse(text), 'the body')
  } catch (error) {
    throw error instanceof MalformedBody
      ? error
      : new MalformedBody(`the body is not JSON: ${(error as Error).message}`)
  }
}
