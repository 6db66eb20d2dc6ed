import type { DatabaseSync } from 'node:sqlite'
import {
  decodeLogs,
  decodeTraces,
  type Decoded,
  type Encoding,
  type LogRecord,
  type SpanRecord,
} from '@throughline/otlp'
import { keepDistinct, type TraceLink } from '@throughline/trace'
import { decodeStored } from './decode-stored.ts'
import type { StoredTrace } from './store.ts'
import { traceKey } from './trace-key.ts'

/** Reads everything that is stored of one trace; undefined where no span of it is. */
export function readTrace(database: DatabaseSync, traceId: string): StoredTrace | undefined {
  const trace = database
    .prepare('SELECT number, last_chunk, evicted FROM traces WHERE trace_key = ? AND trace_id = ?')
    .get(traceKey(traceId), traceId)
  if (trace === undefined) return undefined
  const chunks = database
    .prepare(
      `SELECT encoding, payload FROM chunks WHERE id = ? OR id IN (SELECT chunk FROM earlier_chunks WHERE trace = ?) ORDER BY id`,
    )
    .all(Number(trace['last_chunk']), Number(trace['number'])) as unknown as Payload[]
  const ofLogs = database
    .prepare(
      `SELECT 'json' AS encoding, payload FROM logs WHERE trace_key = ? AND trace_id = ? ORDER BY id`,
    )
    .all(traceKey(traceId), traceId) as unknown as Payload[]
  const sent = decodeAll(chunks, decodeTraces)
  const logs = decodeAll(ofLogs, decodeLogs)
  const { spans } = keepDistinct(sent.records.filter(span => span.traceId === traceId))
  const sorted = spans.toSorted((a, b) => compare(a.startUnixNano, b.startUnixNano))
  return {
    spans: sorted,
    logs: logs.records.toSorted((a, b) => compare(timeOf(a), timeOf(b))),
    evicted: trace['evicted'] === 1 || sent.isPartial || logs.isPartial,
    links: readLinks(database, traceId, sorted),
  }
}

interface Payload {
  readonly encoding: Encoding
  readonly payload: Uint8Array
}

/** What can be read of these. */
function decodeAll<T>(
  payloads: readonly Payload[],
  decode: (body: Uint8Array, encoding: Encoding) => Decoded<T>,
): { readonly records: readonly T[]; readonly isPartial: boolean } {
  const decoded = payloads.map(({ payload, encoding }) => decodeStored(decode, payload, encoding))
  return {
    records: decoded.flatMap(records => records ?? []),
    isPartial: decoded.includes(undefined),
  }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** When it happened; when it was seen, where that is not known. */
function timeOf({ timeUnixNano, observedTimeUnixNano }: LogRecord): bigint {
  return timeUnixNano === 0n ? observedTimeUnixNano : timeUnixNano
}

function readLinks(
  database: DatabaseSync,
  traceId: string,
  spans: readonly SpanRecord[],
): TraceLink[] {
  const held = spans.flatMap(({ spanId, links }) =>
    links.map(link => ({
      spanId,
      otherTraceId: link.traceId,
      otherSpanId: link.spanId,
      heldBy: 'this' as const,
    })),
  )
  const holding = database
    .prepare(
      'SELECT DISTINCT trace_id, span_id, other_span_id FROM links WHERE other_trace_id = ? AND trace_id <> other_trace_id',
    )
    .all(traceId)
    .map(row => ({
      spanId: String(row['other_span_id']),
      otherTraceId: String(row['trace_id']),
      otherSpanId: String(row['span_id']),
      heldBy: 'other' as const,
    }))
  const links = [...held, ...holding]
  const here = readExisting(
    database,
    links.map(({ otherTraceId }) => otherTraceId),
  )
  return links.map(link => ({ ...link, here: here.has(link.otherTraceId) }))
}

/** Which of these traces are here. */
export function readExisting(database: DatabaseSync, traceIds: readonly string[]): Set<string> {
  const select = database.prepare('SELECT 1 FROM traces WHERE trace_key = ? AND trace_id = ?')
  return new Set(traceIds.filter(id => select.get(traceKey(id), id) !== undefined))
}
