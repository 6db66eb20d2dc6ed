import { randomBytes } from 'node:crypto'
import type { Sent } from './exchange.ts'
import { encodeRequest } from './protobuf-encoding.ts'

/** An attribute in OTLP's JSON. */
export interface KeyValue {
  readonly key: string
  readonly value: unknown
}

/** A span in OTLP's JSON, as far as it is what it should be. */
export interface SpanJson {
  readonly traceId: string
  readonly spanId: string
  readonly [field: string]: unknown
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

export const newTraceId = (): string => randomBytes(16).toString('hex')
export const newSpanId = (): string => randomBytes(8).toString('hex')

export const text = (key: string, value: string): KeyValue => ({
  key,
  value: { stringValue: value },
})
export const integer = (key: string, value: number | string): KeyValue => ({
  key,
  value: { intValue: value },
})

/** When all made spans start: ten minutes ago, in whole seconds. */
const EPOCH = BigInt(Math.floor(Date.now() / 1000) - 600) * 1_000_000_000n

/** The time so many milliseconds after the start of all, in nanoseconds since 1970. */
export const at = (milliseconds: number): string =>
  String(EPOCH + BigInt(milliseconds) * 1_000_000n)

/** A span that took 10 ms, with these fields in place of its own. */
export const span = (fields: object = {}): SpanJson => ({
  traceId: newTraceId(),
  spanId: newSpanId(),
  name: 'work',
  kind: 1,
  startTimeUnixNano: at(0),
  endTimeUnixNano: at(10),
  ...fields,
})

/** A request that was served. */
export const served = (route: string, fields: object = {}): SpanJson =>
  span({
    name: `GET ${route}`,
    kind: 2,
    attributes: [
      text('http.request.method', 'GET'),
      text('http.route', route),
      integer('http.response.status_code', 200),
    ],
    ...fields,
  })

export const tracesOf = (service: string, spans: readonly unknown[]): object => ({
  resourceSpans: [
    {
      resource: { attributes: [text('service.name', service)] },
      scopeSpans: [{ scope: { name: 'hostile', version: '1' }, spans }],
    },
  ],
})

export const logsOf = (service: string, logRecords: readonly unknown[]): object => ({
  resourceLogs: [
    { resource: { attributes: [text('service.name', service)] }, scopeLogs: [{ logRecords }] },
  ],
})

export const metricsOf = (service: string, metrics: readonly unknown[]): object => ({
  resourceMetrics: [
    { resource: { attributes: [text('service.name', service)] }, scopeMetrics: [{ metrics }] },
  ],
})

export const JSON_TYPE = { 'content-type': 'application/json' } as const
export const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' } as const

/** A request in JSON; a string goes as it is. */
export const inJson = (path: string, message: unknown): Sent => ({
  path,
  headers: JSON_TYPE,
  body: typeof message === 'string' ? message : JSON.stringify(message),
})

/** A request in protobuf; bytes go as they are. */
export const inProtobuf = (path: string, message: object): Sent => ({
  path,
  headers: PROTOBUF_TYPE,
  body: message instanceof Uint8Array ? message : encodeRequest(message),
})
