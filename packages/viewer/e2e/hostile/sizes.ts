import { gzipSync } from 'node:zlib'
import type { Sent } from '../exchange.ts'
import {
  at,
  inJson,
  inProtobuf,
  integer,
  JSON_TYPE,
  newSpanId,
  newTraceId,
  PROTOBUF_TYPE,
  span,
  text,
  times,
  tracesOf,
} from '../otlp-requests.ts'
import { answers, judge, type HostileCase } from './verdict.ts'

const TRACES = '/v1/traces'
const IMPORT = '/api/import'
const MIB = 2 ** 20
/** More than the 20 MiB that OTLP may have. */
const OTLP_EXCESS = 21 * MIB
/** More than the 64 MiB that a file may have. */
const FILE_EXCESS = 65 * MIB

const gzipped = (path: string, body: Buffer): Sent => ({
  path,
  headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
  body: gzipSync(body, { level: 1 }),
})

/** A span that is accepted, and what can be read of it then. */
const readBack = (
  name: string,
  fields: object,
  read: (detail: Awaited<ReturnType<Parameters<HostileCase['attack']>[0]['readSpan']>>) => unknown,
  gives: unknown,
): HostileCase => ({
  name,
  async attack(viewer) {
    const sent = span(fields)
    const { status } = judge(await viewer.exchange(inProtobuf(TRACES, tracesOf('large', [sent]))))
    const detail = await viewer.readSpan(sent.traceId, sent.spanId)
    return { status, read: read(detail) }
  },
  gives: { status: 200, read: gives },
})

export const SIZES: readonly HostileCase[] = [
  answers(
    'a body of more than the limit',
    { path: TRACES, headers: PROTOBUF_TYPE, body: Buffer.alloc(OTLP_EXCESS, 0x0a) },
    413,
  ),
  answers(
    'a body of more than the limit that comes in chunks',
    { path: '/v1/logs', headers: JSON_TYPE, body: Buffer.alloc(OTLP_EXCESS, 0x20), chunked: true },
    413,
  ),
  answers(
    'a body that says that it has 10 GB',
    {
      path: '/v1/metrics',
      headers: { ...PROTOBUF_TYPE, 'content-length': '10000000000' },
      body: Buffer.alloc(100),
    },
    413,
  ),
  answers('200 MiB in a few gzipped bytes', gzipped(TRACES, Buffer.alloc(200 * MIB)), 413, {
    message: /decompressed/,
  }),
  answers(
    'a little more than the limit when inflated',
    gzipped('/v1/logs', Buffer.alloc(OTLP_EXCESS)),
    413,
  ),
  answers(
    'a million messages of nothing and one more',
    { path: TRACES, headers: PROTOBUF_TYPE, body: Buffer.alloc(2_000_002, Buffer.from([0x0a, 0])) },
    413,
    { message: /1000000 messages/ },
  ),
  answers(
    'a million messages of nothing',
    { path: TRACES, headers: PROTOBUF_TYPE, body: Buffer.alloc(2_000_000, Buffer.from([0x0a, 0])) },
    200,
  ),
  answers(
    'more than a million objects in JSON',
    inJson(TRACES, `{"resourceSpans":[${'{},'.repeat(1_000_000)}{}]}`),
    413,
    { message: /1000000 objects/ },
  ),
  answers('a file of more than the limit', gzipped(IMPORT, Buffer.alloc(FILE_EXCESS, 32)), 413),
  answers(
    'a file of more than the limit that is not compressed',
    { path: IMPORT, headers: JSON_TYPE, body: Buffer.alloc(FILE_EXCESS, 32) },
    413,
  ),
  answers('a file of 1 GiB in a few gzipped bytes', gzipped(IMPORT, Buffer.alloc(1024 * MIB)), 413),
  readBack(
    '100,000 attributes on a span',
    { attributes: times(100_000, index => integer(`attribute.${index}`, index)) },
    ({ attributes }) => [Object.keys(attributes).length, attributes['attribute.99999']],
    [100_000, 99_999],
  ),
  readBack(
    'a value of 1 MB',
    { attributes: [text('large', 'é'.repeat(500_000))] },
    ({ attributes }) => attributes['large'] === 'é'.repeat(500_000),
    true,
  ),
  readBack(
    'names of 1 MB of an attribute and of the span',
    { name: 'n'.repeat(1_000_000), attributes: [text('k'.repeat(1_000_000), 'v')] },
    ({ name, attributes }) => [name.length, Object.keys(attributes)[0]?.length],
    [1_000_000, 1_000_000],
  ),
  readBack(
    '20,000 events and 20,000 links on a span',
    {
      events: times(20_000, index => ({ name: `event ${index}`, timeUnixNano: at(index % 10) })),
      links: times(20_000, () => ({ traceId: newTraceId(), spanId: newSpanId() })),
    },
    ({ events, links }) => [events.length, links.length],
    [20_000, 20_000],
  ),
]
