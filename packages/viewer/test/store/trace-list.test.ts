import { expect, test } from 'vitest'
import {
  createStore,
  makeCall,
  makeQuery,
  makeRequest,
  makeSpan,
  NOON_MS,
  traceId,
} from './samples.ts'

test('a trace is listed with what a person wants to know of it', () => {
  const { writer, reader } = createStore()
  writer.addSpans([
    makeRequest(
      'POST',
      '/api/billing/plan',
      { id: 1, durationMs: 1210, attributes: { team: 'growth' } },
      502,
    ),
    makeQuery({ id: 2, parent: 1, atMs: 5, attributes: { team: 'data' } }),
    makeCall(
      'payments.example.com',
      { id: 3, parent: 1, atMs: 20, durationMs: 1180, attributes: { team: 'billing' } },
      502,
    ),
  ])
  expect(reader.listTraces('', { limit: 10 })).toEqual({
    traces: [
      {
        traceId: traceId(1),
        startMs: NOON_MS,
        durationMs: 1210,
        title: 'POST /api/billing/plan',
        category: 'api',
        service: 'web',
        rooted: true,
        outcome: '502',
        failed: true,
        errors: 2,
        firstError: 'payments.example.com: 502',
        spans: 3,
        services: [
          { name: 'web', outside: false },
          { name: 'payments.example.com', outside: true },
        ],
        team: 'growth',
        teams: ['growth', 'data', 'billing'],
      },
    ],
    next: undefined,
    total: 1,
    newest: 1,
    complaints: [],
  })
})

test('a service that answered a call is not outside, whichever of the two came first', () => {
  const { writer, reader } = createStore()
  const request = makeRequest('GET', '/invoices', { id: 1 })
  const call = makeCall('api.internal', { id: 2, parent: 1, atMs: 1 })
  const answer = makeRequest('GET', '/v1/invoices', { id: 3, parent: 2, atMs: 2, service: 'api' })
  const services = [
    { name: 'web', outside: false },
    { name: 'api', outside: false },
  ]
  writer.addSpans([answer])
  writer.addSpans([request, call])
  expect(reader.listTraces('', { limit: 1 }).traces[0]?.services).toEqual(services)
  writer.addSpans([request, call].map(span => ({ ...span, traceId: traceId(2) })))
  writer.addSpans([{ ...answer, traceId: traceId(2) }])
  expect(reader.listTraces('', { limit: 1 }).traces[0]?.services).toEqual(services)
})

test('pages follow each other without a gap or a repeat, also where traces start at the same time', () => {
  const { writer, reader } = createStore()
  const starts = [5, 1, 5, 3, 5, 2, 5, 4]
  starts.forEach((atMs, index) => writer.addSpans([makeSpan({ trace: index + 1, atMs })]))
  for (const search of ['', 'service:web']) {
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = reader.listTraces(search, {
        limit: 3,
        ...(before === undefined ? {} : { before }),
      })
      expect(page.total).toBe(8)
      seen.push(...page.traces.map(trace => trace.traceId))
      before = page.next
    } while (before !== undefined)
    expect(seen).toEqual([7, 5, 3, 1, 8, 4, 6, 2].map(traceId))
  }
})

test('a page goes on where it stopped when newer traces came in between', () => {
  const { writer, reader } = createStore()
  for (const trace of [1, 2, 3, 4]) writer.addSpans([makeSpan({ trace, atMs: trace })])
  const { next = '' } = reader.listTraces('', { limit: 2 })
  writer.addSpans([makeSpan({ trace: 5, atMs: 5 })])
  expect(reader.listTraces('', { limit: 2, before: next }).traces.map(t => t.traceId)).toEqual(
    [2, 1].map(traceId),
  )
})

test.for(['', 'x', '1,', ',', '1,2,3,', 'NaN,NaN', "1' OR 1=1"])(
  'a place in the list that is none is taken for the beginning: %j',
  before => {
    const { writer, reader } = createStore()
    writer.addSpans([makeSpan()])
    expect(reader.listTraces('', { limit: 2, before }).traces).toHaveLength(1)
  },
)

test('what came since is counted by the number of the trace', () => {
  const { writer, reader } = createStore()
  writer.addSpans([makeSpan({ trace: 1 })])
  const { newest } = reader.listTraces('', { limit: 1 })
  writer.addSpans([
    makeRequest('GET', '/a', { trace: 2 }),
    makeRequest('GET', '/b', { trace: 3, atMs: -1000 }),
  ])
  expect(reader.countTraces('', newest)).toEqual({ count: 2, newest: 3 })
  expect(reader.countTraces('route:/b', newest)).toEqual({ count: 1, newest: 3 })
  expect(reader.countTraces('', 3)).toEqual({ count: 0, newest: 3 })
})

test('teams and services are all that ever sent a span', () => {
  const { writer, reader } = createStore({
    maxSpans: 3,
    teamOf: span => (span.kind === 'client' ? 'by-catalog' : undefined),
  })
  writer.addSpans([makeQuery({ trace: 1, service: 'old', attributes: { team: 'gone' } })])
  for (const trace of [2, 3, 4, 5])
    writer.addSpans([makeRequest('GET', '/', { trace, attributes: { team: 'growth' } })])
  writer.addSpans([makeCall('api', { trace: 6 })])
  expect(reader.teams()).toEqual(['by-catalog', 'gone', 'growth'])
  expect(reader.services()).toEqual([
    { name: 'old', queries: true, serves: false },
    { name: 'web', queries: false, serves: true },
  ])
})
