import {
  type Decoded,
  decodeLogs,
  decodeTraces,
  type LogRecord,
  MalformedBody,
  OversizedBody,
  type SpanRecord,
} from '@throughline/otlp'
import { ThroughlineError } from '@throughline/conventions'
import { fromJaeger } from './jaeger-json.ts'
import { isJsonObject, type JsonObject, listObjects } from './json.ts'
import type { FoundTrace } from './found-trace.ts'

/**
 * Reads traces in JSON as somebody gives them: OTLP (`resourceSpans` and `resourceLogs`), Tempo (`trace`, or or `batches` by its older address),
 * Jaeger (`result` of its API v3, or `data` in its own format). Nothing where it is none of these.
 *
 * Throws a ThroughlineError for one of these that cannot be read; `place` says where it came from.
 */
export function readPayload(payload: unknown, place: string): FoundTrace | undefined {
  const request = toOtlp(payload)
  if (request === undefined) return undefined
  const body = Buffer.from(JSON.stringify(request, withHexIds))
  try {
    const spans = decodeTraces(body, 'json')
    const logs = decodeLogs(body, 'json')
    return {
      spans: spans.records,
      logs: logs.records,
      notes: [...noteRejected('spans', spans, place), ...noteRejected('log records', logs, place)],
    }
  } catch (error) {
    if (!(error instanceof MalformedBody || error instanceof OversizedBody)) throw error
    throw new ThroughlineError(`${place} gives a trace that cannot be read: ${error.message}`, {
      code: 'TRACE_UNREADABLE',
      fix: 'export the trace again, as OTLP/JSON',
      cause: error,
    })
  }
}

/** The trace as an export request; nothing where `payload` is in no format that is known. */
function toOtlp(payload: unknown): JsonObject | undefined {
  if (!isJsonObject(payload)) return undefined
  const { trace, result, batches, data } = payload
  if (isJsonObject(trace)) return toOtlp(trace) ?? {}
  if (isJsonObject(result)) return toOtlp(result) ?? {}
  if (Array.isArray(batches)) return { resourceSpans: batches }
  if (Array.isArray(data)) return { resourceSpans: listObjects(data).flatMap(fromJaeger) }
  if (payload['resourceSpans'] === undefined && payload['resourceLogs'] === undefined) {
    return undefined
  }
  return payload
}

const IDS: Readonly<Record<string, number>> = { traceId: 16, spanId: 8, parentSpanId: 8 }

/**
 * Tempo writes OTLP as protobuf maps to JSON, with ids in base64, not in hex. Attributes are lists of keys and values, so that no name
 * of one is a name of a field here.
 */
function withHexIds(field: string, value: unknown): unknown {
  const bytes = IDS[field]
  return bytes === undefined || typeof value !== 'string' ? value : toHexId(value, bytes)
}

const isHex = (text: string): boolean => /^[0-9a-f]*$/i.test(text)

function toHexId(id: string, bytes: number): string {
  if (id.length === 2 * bytes && isHex(id)) return id
  const decoded = Buffer.from(id, 'base64')
  return decoded.length === bytes ? decoded.toString('hex') : id
}

function noteRejected(
  what: string,
  { rejected, reason }: Decoded<SpanRecord | LogRecord>,
  place: string,
): string[] {
  return rejected === 0 ? [] : [`${rejected} ${what} of ${place} are left out: ${reason}`]
}
