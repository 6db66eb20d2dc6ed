import { expect, test } from 'vitest'
import { readPayload } from '../src/traces/payload.ts'
import { CALL_ID, PAYLOADS, SERVER_ID, TRACE_ID } from './trace-payloads.ts'

const read = (payload: unknown): NonNullable<ReturnType<typeof readPayload>> => {
  const found = readPayload(JSON.parse(JSON.stringify(payload)), 'x')
  if (found === undefined) throw new Error('no format that is known')
  return found
}

test.for(Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[])(
  'a trace of %s is what OTLP says it is',
  format => {
    const { spans } = read(PAYLOADS[format])
    expect(spans).toEqual(read(PAYLOADS['OTLP/JSON']).spans)
  },
)

test('a span of Jaeger keeps its ids, parent, kind, times, status, events and links', () => {
  expect(read(PAYLOADS['Jaeger, its page']).spans).toMatchObject([
    {
      traceId: TRACE_ID,
      spanId: SERVER_ID,
      parentSpanId: undefined,
      kind: 'server',
      status: 'error',
      service: 'web',
      durationMs: 1210,
      links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
    },
    {
      spanId: CALL_ID,
      parentSpanId: SERVER_ID,
      kind: 'client',
      statusMessage: 'Bad Gateway',
      startUnixNano: 1_795_947_342_100_000_000n,
      attributes: { 'http.response.status_code': 502, 'server.address': 'payments.example.com' },
      events: [{ name: 'retry', attributes: { attempt: 2 } }],
      links: [],
    },
  ])
})

const jaegerSpan = (span: object): unknown => ({ data: [{ spans: [span] }] })

test.for([
  [
    'ids that were shortened',
    { traceID: 'c60c', spanID: 'b174' },
    { traceId: 'c60c'.padStart(32, '0'), spanId: 'b174'.padStart(16, '0') },
  ],
  [
    'a span that only follows another one of its trace',
    { references: [{ refType: 'FOLLOWS_FROM', traceID: TRACE_ID, spanID: CALL_ID }] },
    { parentSpanId: CALL_ID, links: [] },
  ],
  [
    'a failure in the words of OpenTracing',
    { tags: [{ key: 'error', type: 'string', value: 'true' }] },
    { status: 'error', attributes: {} },
  ],
  [
    'a status that is set',
    { tags: [{ key: 'otel.status_code', type: 'string', value: 'OK' }] },
    { status: 'ok' },
  ],
  [
    'an integer beyond a number',
    { tags: [{ key: 'a', type: 'int64', value: '12345678901' }] },
    { attributes: { a: 12_345_678_901 } },
  ],
  [
    'a line of a log without a name',
    { logs: [{ timestamp: 1, fields: [] }] },
    { events: [{ name: 'log', timeUnixNano: 1000n }] },
  ],
  ['a process that is missing', { processID: 'p9' }, { service: 'unknown_service' }],
  [
    'fields of a wrong type',
    { tags: 7, logs: {}, references: [null], startTime: 'x', duration: -1, operationName: 1 },
    { name: '', startUnixNano: 0n, durationMs: 0 },
  ],
] as const)('of Jaeger, %s is read', ([, span, expected]) => {
  const whole = { traceID: TRACE_ID, spanID: SERVER_ID, ...span }
  expect(read(jaegerSpan(whole)).spans).toMatchObject([expected])
})

test('log records come with the spans', () => {
  expect(read(PAYLOADS['OTLP/JSON with logs']).logs).toMatchObject([
    { body: 'plan change failed', traceId: TRACE_ID, spanId: SERVER_ID },
  ])
})

test('what cannot be a span is left out, and said to be', () => {
  const broken = { ...PAYLOADS['OTLP/JSON'].resourceSpans[0] }
  const spans = [{ traceId: 'AAA=', spanId: SERVER_ID, name: 'x' }]
  const payload = { resourceSpans: [broken, { scopeSpans: [{ spans }] }] }
  const found = read(payload)
  expect(found.spans).toHaveLength(2)
  expect(found.notes).toEqual([
    '1 spans of x are left out: trace id "aaa=" is not 16 bytes, or all zeros',
  ])
})

test.for([[null], [[]], ['x'], [{}], [{ message: 'hello' }], [{ trace: 1 }]])(
  '%j is no trace',
  ([payload]) => {
    expect(readPayload(payload, 'x')).toBeUndefined()
  },
)

test('a trace that is broken is told with its place', () => {
  expect(() => readPayload({ resourceSpans: 'x' }, 'trace.json')).toThrow(
    'trace.json gives a trace that cannot be read: resourceSpans is not a list',
  )
})
