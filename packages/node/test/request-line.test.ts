import { trace, type SpanContext } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { createRequestLine, levelOf } from '../src/logs/request-line.ts'
import type { FinishedRequest } from '../src/requests/request.ts'

const NOW = Date.UTC(2026, 10, 24, 12, 30, 15, 250)
const SPAN: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
}

const makeRequest = (given: Partial<FinishedRequest> = {}): FinishedRequest => ({
  method: 'GET',
  path: '/invoices/7',
  span: trace.wrapSpanContext(SPAN),
  caller: 'stranger',
  credential: 'session',
  readSource: () => undefined,
  id: '5e2d0c0e-7b1a-4c62-9d3f-0f3b7f1f3a55',
  restarted: undefined,
  actor: 'user',
  route: '/invoices/:id',
  status: 200,
  durationMs: 8.123456,
  owner: {
    team: 'billing',
    audience: 'browser',
    work: 'request',
    unowned: undefined,
    decidedBy: undefined,
  },
  answerHeader: () => undefined,
  ...given,
})

const fieldsOf = (given?: Partial<FinishedRequest>): Record<string, unknown> =>
  JSON.parse(createRequestLine('web')(makeRequest(given), NOW)) as Record<string, unknown>

test('a request is one line of JSON, its fields in one order', () => {
  const line = createRequestLine('web')(makeRequest({ restarted: 'untrusted' }), NOW)
  expect(line).toBe(
    '{"time":"2026-11-24T12:30:15.250Z","level":"info","msg":"request","service":"web","method":"GET",' +
      '"route":"/invoices/:id","request_id":"5e2d0c0e-7b1a-4c62-9d3f-0f3b7f1f3a55","status":200,' +
      '"duration_ms":8.123,"actor":"user","team":"billing","audience":"browser",' +
      '"trace_restarted":"untrusted","trace_id":"0af7651916cd43dd8448eb211c80319c",' +
      '"span_id":"b7ad6b7169203331","trace_flags":"01"}\n',
  )
})

test('a path that no route matches is not written', () => {
  expect(fieldsOf({ route: undefined, path: '/reset/secret-token' })).toMatchObject({
    route: 'unmatched',
  })
  expect(createRequestLine('web')(makeRequest(), NOW)).not.toContain('/invoices/7')
})

test('what is not known is left out', () => {
  const owner = { ...makeRequest().owner, team: undefined, audience: undefined }
  expect(Object.keys(fieldsOf({ owner, status: undefined }))).toEqual([
    'time',
    'level',
    'msg',
    'service',
    'method',
    'route',
    'request_id',
    'duration_ms',
    'actor',
    'trace_id',
    'span_id',
    'trace_flags',
  ])
})

test('a template or a name with quotes, breaks or lone surrogates is JSON all the same', () => {
  const route = '/"quoted"/:id\n\u2028\ud800'
  const written = createRequestLine('the "web"\n')(makeRequest({ route }), NOW)
  expect(written.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(written)).toMatchObject({ route, service: 'the "web"\n' })
})

test('an unsampled trace is told from a sampled one', () => {
  const span = trace.wrapSpanContext({ ...SPAN, traceFlags: 0 })
  expect(fieldsOf({ span })).toMatchObject({ trace_id: SPAN.traceId, trace_flags: '00' })
})

test.for([
  [200, 'info'],
  [404, 'info'],
  [499, 'info'],
  [500, 'error'],
  [503, 'error'],
  [undefined, 'warn'],
] as const)('status %s is %s', ([status, level]) => {
  expect(levelOf(makeRequest({ status }))).toBe(level)
})

test('a time is as it was given, also within one millisecond of another', () => {
  const line = createRequestLine('web')
  const times = [NOW, NOW, NOW + 1, NOW].map(now =>
    (JSON.parse(line(makeRequest(), now)) as { time: string }).time.slice(-5),
  )
  expect(times).toEqual(['.250Z', '.250Z', '.251Z', '.250Z'].map(time => time.slice(-5)))
})
