import {
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer'
import { describe, expect, test } from 'vitest'
import {
  createEncoderMemo,
  decodeLogs,
  decodeTraces,
  encodeLogs,
  encodeTraces,
  type AttributeValue,
  type LogRecord,
  type SpanRecord,
} from '../src/index.ts'
import { createRandom } from './random.ts'
import { randomLogs, randomSpans } from './telemetry.ts'

const readTraces = (text: string) => decodeTraces(Buffer.from(text), 'json')
const readLogs = (text: string) => decodeLogs(Buffer.from(text), 'json')

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

describe.each(SEEDS)('what was received is written and read back the same (seed %i)', seed => {
  test('spans', () => {
    const { sent } = randomSpans(createRandom(seed))
    const body = ProtobufTraceSerializer.serializeRequest(sent) as Uint8Array
    const { records } = decodeTraces(body, 'protobuf')
    const text = encodeTraces(records)
    expect(readTraces(text)).toEqual({ records, rejected: 0, reason: '' })
    expect(encodeTraces(readTraces(text).records)).toBe(text)
  })

  test('logs', () => {
    const { sent } = randomLogs(createRandom(seed))
    const body = ProtobufLogsSerializer.serializeRequest(sent) as Uint8Array
    const { records } = decodeLogs(body, 'protobuf')
    const text = encodeLogs(records)
    expect(readLogs(text)).toEqual({ records, rejected: 0, reason: '' })
    expect(encodeLogs(readLogs(text).records)).toBe(text)
  })
})

function span(fields: Partial<SpanRecord> = {}): SpanRecord {
  const { sent } = randomSpans(createRandom(1), 1)
  const body = JsonTraceSerializer.serializeRequest(sent) as Uint8Array
  const [record] = decodeTraces(body, 'json').records
  return { ...(record as SpanRecord), attributes: {}, events: [], links: [], ...fields }
}

const NESTED = Array.from({ length: 32 }).reduce<AttributeValue>(value => [value], 'deep')

test.for<AttributeValue>([
  '',
  'text',
  '"quoted" \\ and \n\t\u0000\u001f\u2028',
  '👩🏽‍🚀 Zażółć',
  '__proto__',
  0,
  -0,
  1,
  -1,
  0.1,
  5e-324,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e21,
  Number.MAX_VALUE,
  NaN,
  Infinity,
  -Infinity,
  true,
  false,
  null,
  [],
  [[], [null], ['a', 1, false]],
  {},
  { a: { b: { c: [1] } }, '': 'no name' },
  NESTED,
])('an attribute %j is the same afterwards', value => {
  const record = span({ attributes: { value, 'quoted "name"\n': value } })
  const read = readTraces(encodeTraces([record])).records[0]
  expect(read?.attributes['value']).toEqual(value)
  expect(read?.attributes['quoted "name"\n']).toEqual(value)
})

test('names that mean something to JavaScript are names like any other', () => {
  const attributes = JSON.parse('{"__proto__":{"constructor":1},"toString":"x"}') as object
  const { records } = readTraces(encodeTraces([span({ attributes: attributes as never })]))
  expect(Object.entries(records[0]?.attributes ?? {})).toEqual([
    ['__proto__', { constructor: 1 }],
    ['toString', 'x'],
  ])
})

test('half of a pair of surrogates becomes what UTF-8 has in its place', () => {
  const { records } = readTraces(
    encodeTraces([span({ name: 'half \ud83d', attributes: { a: '\udc00' } })]),
  )
  expect(records[0]).toMatchObject({ name: 'half \ufffd', attributes: { a: '\ufffd' } })
})

test('resources and scopes that say the same are written once', () => {
  const from = (service: string, scope: string) => ({
    resource: { attributes: { 'service.name': service } },
    scope: { name: scope, version: '' },
    service,
  })
  const spans = [
    span({ name: '1', ...from('web', 'a') }),
    span({ name: '2', ...from('api', 'a') }),
    span({ name: '3', ...from('web', 'a') }),
    span({ name: '4', ...from('web', 'b') }),
  ]
  const text = encodeTraces(spans)
  expect(text.match(/"resource":/g)).toHaveLength(2)
  expect(text.match(/"scope":/g)).toHaveLength(3)
  expect(readTraces(text).records).toEqual([0, 2, 3, 1].map(index => spans[index]))
})

test('nothing is written as an empty request', () => {
  expect(encodeTraces([])).toBe('{"resourceSpans":[]}')
  expect(encodeLogs([])).toBe('{"resourceLogs":[]}')
})

test('parts of a request that share a memo are the same as without one', () => {
  const { sent } = randomSpans(createRandom(7))
  const { records } = decodeTraces(JsonTraceSerializer.serializeRequest(sent) as Uint8Array, 'json')
  const memo = createEncoderMemo()
  const parts = records.map(record => encodeTraces([record], memo))
  expect(parts).toEqual(records.map(record => encodeTraces([record])))
  expect(memo.resources.size).toBe(1)
})

test('a log record of no trace stays one', () => {
  const log = { ...(randomLogsOnce() as LogRecord), traceId: undefined, spanId: undefined }
  expect(readLogs(encodeLogs([log])).records).toEqual([log])
})

function randomLogsOnce(): LogRecord | undefined {
  const body = ProtobufLogsSerializer.serializeRequest(randomLogs(createRandom(3), 1).sent)
  return decodeLogs(body as Uint8Array, 'protobuf').records[0]
}
