import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceOf, type LogRecord, type MetricPoint, type SpanRecord } from '@throughline/otlp'
import { onTestFinished } from 'vitest'
import { openReader } from '../../src/store/open-reader.ts'
import { openWriter } from '../../src/store/open-writer.ts'
import type { StoreReader, StoreWriter, WriterOptions } from '../../src/store/store.ts'

/** When the spans of these tests happened, unless they say otherwise. */
export const NOON_MS = Date.UTC(2026, 10, 29, 12)

export interface SpanOptions extends Partial<
  Omit<SpanRecord, 'traceId' | 'spanId' | 'parentSpanId'>
> {
  /** A number that its id is made of. @default 1 */
  readonly trace?: number
  readonly id?: number
  readonly parent?: number
  /** From {@link NOON_MS}. @default 0 */
  readonly atMs?: number
}

export const traceId = (trace: number): string => trace.toString(16).padStart(32, '0')
export const spanId = (id: number): string => id.toString(16).padStart(16, '0')

/** A span with all that it does not say left at its default: the request `GET /` of `web`, for 10 ms. */
export function makeSpan({
  trace = 1,
  id = 1,
  parent,
  atMs = 0,
  durationMs = 10,
  service = 'web',
  ...fields
}: SpanOptions = {}): SpanRecord {
  const startUnixNano = BigInt(Math.round((NOON_MS + atMs) * 1000)) * 1000n
  const resource = fields.resource ?? { attributes: { 'service.name': service } }
  return {
    traceId: traceId(trace),
    spanId: spanId(id),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    traceState: '',
    flags: 257,
    name: 'GET /',
    kind: 'server',
    startUnixNano,
    endUnixNano: startUnixNano + BigInt(Math.round(durationMs * 1000)) * 1000n,
    startMs: NOON_MS + atMs,
    durationMs,
    status: 'unset',
    statusMessage: '',
    attributes: { 'http.request.method': 'GET', 'http.route': '/' },
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    scope: { name: 'test', version: '' },
    ...fields,
    resource,
    service: serviceOf(resource),
  }
}

/** A request that was served. */
export function makeRequest(
  method: string,
  route: string,
  { attributes, ...options }: SpanOptions = {},
  statusCode = 200,
): SpanRecord {
  return makeSpan({
    name: `${method} ${route}`,
    ...options,
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': statusCode,
      ...attributes,
    },
  })
}

/** A call to a host. */
export function makeCall(
  host: string,
  { attributes, ...options }: SpanOptions = {},
  statusCode = 200,
): SpanRecord {
  return makeSpan({
    kind: 'client',
    name: 'GET',
    ...options,
    attributes: {
      'http.request.method': 'GET',
      'server.address': host,
      'http.response.status_code': statusCode,
      ...attributes,
    },
  })
}

/** A query. */
export function makeQuery({ attributes, ...options }: SpanOptions = {}): SpanRecord {
  return makeSpan({
    kind: 'client',
    name: 'pg.query:SELECT app',
    ...options,
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'app',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'invoices',
      ...attributes,
    },
  })
}

export function makeLog({
  trace,
  atMs = 0,
  service = 'web',
  ...fields
}: Partial<LogRecord> & { readonly trace?: number; readonly atMs?: number } = {}): LogRecord {
  const resource = { attributes: { 'service.name': service } }
  return {
    timeUnixNano: BigInt(NOON_MS + atMs) * 1_000_000n,
    observedTimeUnixNano: 0n,
    severityNumber: 9,
    severityText: 'INFO',
    body: 'a line',
    attributes: {},
    eventName: '',
    traceId: trace === undefined ? undefined : traceId(trace),
    spanId: undefined,
    resource,
    scope: { name: 'test', version: '' },
    service,
    ...fields,
  }
}

/** A point of a counter. */
export function makePoint({
  service = 'web',
  instance = 'one',
  atMs = 0,
  ...fields
}: Partial<MetricPoint> & {
  readonly instance?: string
  readonly atMs?: number
} = {}): MetricPoint {
  return {
    metric: 'throughline_spans_dropped_total',
    description: '',
    unit: '{span}',
    type: 'sum',
    temporality: 'cumulative',
    isMonotonic: true,
    startUnixNano: 0n,
    timeUnixNano: BigInt(NOON_MS + atMs) * 1_000_000n,
    attributes: { reason: 'queue_full' },
    exemplars: [],
    resource: { attributes: { 'service.name': service, 'service.instance.id': instance } },
    scope: { name: 'test', version: '' },
    service,
    ...fields,
  }
}

/** Path of a file that is not there yet, in a folder that goes after the test. */
export function storePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'store.db')
}

/** A store in a file of its own, with a reader of it. */
export function createStore(options: Partial<WriterOptions> = {}): {
  readonly path: string
  readonly writer: StoreWriter
  readonly reader: StoreReader
} {
  const path = options.path ?? storePath()
  const writer = openWriter({ ...options, path })
  onTestFinished(() => writer[Symbol.dispose]())
  const reader = openReader(path)
  onTestFinished(() => reader[Symbol.dispose]())
  return { path, writer, reader }
}
