import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import { titleOf } from '../src/span-title.ts'
import { ownership } from './known-system.ts'
import { makeSpan } from './make-span.ts'

const callTo = (host: string, given: Partial<SpanRecord> = {}): SpanRecord =>
  makeSpan({
    kind: 'client',
    startMs: 0,
    durationMs: 50,
    ...given,
    attributes: { 'http.request.method': 'GET', 'server.address': host, ...given.attributes },
  })
const answerTo = (call: SpanRecord, given: Partial<SpanRecord> = {}): SpanRecord =>
  makeSpan({ kind: 'server', service: 'stock', parentSpanId: call.spanId, startMs: 1, ...given })

test.for([
  ['GET payments', 'payments.example.com', {}],
  ['GET api', '127.0.0.1', { 'server.port': 4000 }],
  ['GET 127.0.0.1:4001', '127.0.0.1', { 'server.port': 4001 }],
  ['GET unknown.example.org', 'unknown.example.org', {}],
] as const)('%s is a call to %s, by the catalog', ([title, host, attributes]) => {
  const call = callTo(host, { attributes })
  expect(readTrace([call], [], { ownership }).spans[0]).toMatchObject({
    title,
    span: { attributes: { 'server.address': host } },
  })
})

test('without a catalog and an answer, a call is known by its host', () => {
  const call = callTo('payments.example.com')
  expect(readTrace([call], []).title).toBe('GET payments.example.com')
})

test('the service that answered is named, whatever the catalog has at that host', () => {
  const call = callTo('api.internal')
  const reading = readTrace([call, answerTo(call)], [], { ownership })
  expect(reading.title).toBe('GET stock')
  expect(titleOf(call)).toBe('GET api.internal')
})

test('a call within a call reaches the same service', () => {
  const outer = callTo('127.0.0.1')
  const inner = callTo('127.0.0.1', { parentSpanId: outer.spanId, startMs: 0.5 })
  const { spans } = readTrace([outer, inner, answerTo(inner)], [])
  expect(spans.slice(0, 2).map(({ title }) => title)).toEqual(['GET stock', 'GET stock'])
})

test('a query, a procedure and a message are named by themselves', () => {
  const calls = [
    { 'db.system.name': 'postgresql', 'db.query.text': 'select 1 from invoices' },
    { 'rpc.system': 'grpc', 'rpc.service': 'orders.Orders', 'rpc.method': 'Get' },
    { 'messaging.destination.name': 'reports' },
  ].map(attributes => callTo('api.internal', { attributes }))
  const titles = calls.map(call => readTrace([call], [], { ownership }).title)
  expect(titles).toEqual(['SELECT invoices', 'orders.Orders/Get', 'send reports'])
})

test('a failure names the service that was called, too', () => {
  const gone = { status: 'error', durationMs: 1200 } as const
  const call = callTo('127.0.0.1', { ...gone, statusMessage: 'the answer took too long' })
  expect(readTrace([call, answerTo(call)], []).failure?.sentence).toBe(
    'the call from web to stock failed: the answer took too long',
  )
  const answered = callTo('127.0.0.1', {
    ...gone,
    attributes: { 'http.response.status_code': 502 },
  })
  expect(readTrace([answered, answerTo(answered)], []).failure?.sentence).toBe(
    'stock answered 502 after 1.20 s',
  )
})
