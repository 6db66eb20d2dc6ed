import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import { ownership } from './known-system.ts'
import { makeSpan } from './make-span.ts'

const failed = { status: 'error' } as const
const thrown = (type: string, message: string): Pick<SpanRecord, 'events' | 'status'> => ({
  ...failed,
  events: [
    {
      name: 'exception',
      timeUnixNano: 1n,
      attributes: { 'exception.type': type, 'exception.message': message },
    },
  ],
})
const plan = makeSpan({
  name: 'POST /api/plan',
  kind: 'server',
  startMs: 0,
  durationMs: 1210,
  team: 'billing',
  ...failed,
  attributes: {
    'http.request.method': 'POST',
    'http.route': '/api/plan',
    'http.response.status_code': 502,
  },
})
const below = (
  parent: SpanRecord,
  given: Partial<SpanRecord> & { readonly team?: string },
): SpanRecord => makeSpan({ parentSpanId: parent.spanId, ...given })
const pay = below(plan, {
  name: 'POST',
  kind: 'client',
  startMs: 10,
  durationMs: 1180,
  ...failed,
  attributes: {
    'http.request.method': 'POST',
    'server.address': 'payments.example.com',
    'http.response.status_code': 502,
  },
})
const handler = below(plan, {
  name: 'executing api route (app) /api/plan',
  attributes: { 'throughline.next.kind': 'handler', 'next.route': '/api/plan' },
  ...thrown('TypeError', 'plan is undefined'),
})

const fail = (...spans: readonly SpanRecord[]): ReturnType<typeof readTrace>['failure'] =>
  readTrace(spans, [], { ownership }).failure

test('a call that was answered by an error is told by whom, and what came of it', () => {
  expect(fail(plan, pay)).toEqual({
    span: 1,
    sentence: 'payments answered 502 after 1.18 s; web answered 502',
    owner: expect.objectContaining({ team: 'billing' }) as unknown,
  })
})

test('a call that nobody answered', () => {
  const refused = below(plan, {
    kind: 'client',
    ...thrown('Error', 'connect ECONNREFUSED 127.0.0.1:9'),
    attributes: { 'http.request.method': 'POST', 'server.address': 'x.example.org' },
  })
  expect(fail(plan, refused)?.sentence).toBe(
    'the call from web to x.example.org failed: connect ECONNREFUSED 127.0.0.1:9; web answered 502',
  )
})

test('an exception is told by the request that it ended, and is owned by its hop', () => {
  expect(fail({ ...plan, attributes: { ...plan.attributes, team: 'billing' } }, handler)).toEqual({
    span: 1,
    sentence: 'POST /api/plan of web threw TypeError: plan is undefined; web answered 502',
    owner: { team: 'billing', decidedBy: undefined },
  })
})

test('a query that failed below code that says nothing of it', () => {
  const inner = below(plan, { name: 'in between' })
  const query = below(inner, {
    kind: 'client',
    ...failed,
    statusMessage: 'duplicate key value violates unique constraint',
    attributes: {
      'db.system.name': 'postgresql',
      'db.query.text': 'insert into plan_change values ($1)',
    },
  })
  expect(fail(plan, inner, query)?.sentence).toBe(
    'the query INSERT plan_change failed: duplicate key value violates unique constraint; web answered 502',
  )
})

test('of two calls that failed, the one that ended last is what made it fail', () => {
  const first = below(plan, {
    kind: 'client',
    startMs: 1,
    durationMs: 2,
    ...failed,
    attributes: { 'server.address': 'tried.example.org' },
  })
  expect(fail(plan, first, pay)?.sentence).toMatch(/^payments/)
})

test('through services, each is told by what it answered', () => {
  const call = below(plan, {
    kind: 'client',
    ...failed,
    attributes: { 'server.address': 'api.internal', 'http.response.status_code': 500 },
  })
  const api = below(call, {
    service: 'api',
    kind: 'server',
    ...thrown('RangeError', 'too much'),
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/v1/x',
      'http.response.status_code': 500,
    },
  })
  expect(fail(plan, call, api)?.sentence).toBe(
    'GET /v1/x of api threw RangeError: too much; web answered 502',
  )
})

test('a failure that was handled makes no trace fail', () => {
  const fine = { ...plan, status: 'unset' as const, attributes: {} }
  const reading = readTrace([fine, pay], [])
  expect(reading).toMatchObject({ failed: false, failure: undefined, outcome: 'ok' })
  expect(reading.spans[1]).toMatchObject({ failed: true, failure: '502' })
})

test('a job that failed makes its trace fail, since nobody above hears of it', () => {
  const fine = { ...plan, status: 'unset' as const, attributes: {} }
  const send = below(fine, {
    kind: 'producer',
    attributes: { 'messaging.destination.name': 'reports' },
  })
  const job = below(send, {
    kind: 'consumer',
    service: 'worker',
    attributes: { 'messaging.destination.name': 'reports' },
    ...thrown('Error', 'no such month'),
  })
  expect(fail(fine, send, job)).toMatchObject({
    span: 2,
    sentence: 'the job reports of worker failed: no such month',
    owner: { team: 'data' },
  })
})

test('a job that failed later is not why the request that sent it failed', () => {
  const send = below(plan, { kind: 'producer', attributes: { 'messaging.destination.name': 'x' } })
  const job = below(send, { kind: 'consumer', startMs: 5000, ...failed })
  const retry = below(plan, { kind: 'consumer', startMs: 6000, ...failed })
  expect(fail(plan, send, job, retry)?.span).toBe(0)
})

test('an error of a browser', () => {
  const fine = { ...plan, status: 'unset' as const, attributes: {} }
  const error = below(fine, {
    name: 'unhandled error',
    attributes: { 'throughline.next.kind': 'browser', 'url.path': '/invoices' },
    ...thrown('TypeError', 'x is null'),
  })
  expect(fail(fine, error)?.sentence).toBe('the browser at /invoices failed: TypeError: x is null')
})

test.for([
  ['POST /api/plan of web answered 502', plan],
  [
    'work of web failed: out of memory',
    makeSpan({ name: 'work', ...failed, statusMessage: 'out of memory' }),
  ],
  ['work of web failed', makeSpan({ name: 'work', ...failed })],
] as const)('%s', ([sentence, span]) => {
  expect(fail(span)?.sentence).toBe(sentence)
})
