import { expect, test } from 'vitest'
import {
  createStore,
  makeCall,
  makeQuery,
  makeRequest,
  makeSpan,
  spanId,
  traceId,
} from './samples.ts'

const first = (store: ReturnType<typeof createStore>) =>
  store.reader.listTraces('', { limit: 1 }).traces[0]

test('a trace whose root comes last has the title of its earliest span until then', () => {
  const store = createStore()
  store.writer.addSpans([makeQuery({ id: 3, parent: 2, atMs: 4 })])
  expect(first(store)).toMatchObject({ title: 'SELECT invoices', rooted: false, spans: 1 })
  store.writer.addSpans([
    makeRequest('GET', '/v1/invoices', { id: 2, parent: 1, atMs: 2, service: 'api' }),
  ])
  expect(first(store)).toMatchObject({ title: 'GET /v1/invoices', service: 'api', rooted: false })
  store.writer.addSpans([makeRequest('GET', '/invoices', { id: 1, durationMs: 50 }, 500)])
  expect(first(store)).toMatchObject({
    title: 'GET /invoices',
    service: 'web',
    rooted: true,
    outcome: '500',
    failed: true,
    durationMs: 50,
    spans: 3,
  })
  expect(store.reader.listTraces('', { limit: 5 }).total).toBe(1)
})

test('the parent of what stood for the root takes its place, even if its clock says that it began later', () => {
  const store = createStore()
  store.writer.addSpans([makeRequest('GET', '/below', { id: 2, parent: 1, atMs: 0 })])
  store.writer.addSpans([makeRequest('GET', '/above', { id: 1, parent: 9, atMs: 700 })])
  expect(first(store)).toMatchObject({ title: 'GET /above', rooted: false })
})

test('of two spans without a parent the earlier one is the root', () => {
  const store = createStore()
  store.writer.addSpans([makeRequest('GET', '/late', { id: 1, atMs: 9 })])
  store.writer.addSpans([makeRequest('GET', '/early', { id: 2, atMs: 3 })])
  expect(first(store)).toMatchObject({ title: 'GET /early', rooted: true })
})

test('spans that name each other as parents are listed all the same', () => {
  const store = createStore()
  store.writer.addSpans([makeSpan({ id: 1, parent: 2 }), makeSpan({ id: 2, parent: 1 })])
  expect(first(store)).toMatchObject({ title: 'GET /', rooted: false, spans: 2 })
})

test('what is sent twice counts once, and is read once', () => {
  const store = createStore()
  const spans = [
    makeRequest('GET', '/', { id: 1 }, 500),
    makeCall('api', { id: 2, parent: 1 }, 500),
  ]
  store.writer.addSpans(spans)
  store.writer.addSpans(spans)
  expect(first(store)).toMatchObject({ spans: 2, errors: 2 })
  expect(store.reader.readTrace(traceId(1))).toMatchObject({ spans })
  expect(store.reader.served(0)[0]?.requests).toHaveLength(1)
  expect(store.reader.calls(0)[0]?.durationsMs).toHaveLength(1)
  expect(store.writer.stored()).toMatchObject({ traces: 1, spans: 4 })
})

test('spans that only share an id are all kept, and what was sent twice once', () => {
  const store = createStore()
  const span = makeSpan({ name: 'first' })
  store.writer.addSpans([span, makeSpan({ name: 'second' }), makeSpan({ name: 'first' })])
  store.writer.addSpans([makeSpan({ name: 'third' })])
  expect(store.reader.readTrace(traceId(1))).toMatchObject({
    spans: [span, { name: 'second' }, { name: 'third' }],
  })
})

test.for([
  ['comes first', [1, 2]],
  ['comes last', [2, 1]],
] as const)('the first error is the deepest one, whether it %s', ([, order]) => {
  const store = createStore()
  const outer = makeCall('api.internal', { id: 1, durationMs: 90, status: 'error' })
  const inner = makeRequest(
    'GET',
    '/v1',
    { id: 2, parent: 1, atMs: 5, durationMs: 90, service: 'api' },
    503,
  )
  for (const id of order) store.writer.addSpans([id === 1 ? outer : inner])
  expect(first(store)).toMatchObject({ errors: 2, firstError: 'api: 503' })
})

test('a call is listed under the service that answers at its host, where that is known', () => {
  const store = createStore({
    serviceOfHost: host => (host === 'api.internal' ? 'api' : undefined),
  })
  store.writer.addSpans([
    makeRequest('GET', '/', { id: 1 }),
    makeCall('api.internal', { id: 2, parent: 1, atMs: 1 }),
    makeCall('mail.example.com', { id: 3, parent: 1, atMs: 2 }),
  ])
  expect(first(store)).toMatchObject({
    services: [
      { name: 'web', outside: false },
      { name: 'api', outside: true },
      { name: 'mail.example.com', outside: true },
    ],
  })
  expect(store.reader.listTraces('service:api', { limit: 5 }).total).toBe(1)
  expect(store.reader.calls(0).map(({ target }) => `${target.kind} ${target.name}`)).toEqual([
    'service api',
    'external mail.example.com',
  ])
})

test('a span that comes when its trace is long out of memory is merged into it', () => {
  const path = createStore().path
  const before = createStore()
  before.writer.addSpans([
    makeRequest('GET', '/', { id: 1, attributes: { team: 'growth' } }),
    makeCall('api.internal', { id: 2, parent: 1, atMs: 1 }),
  ])
  before.writer[Symbol.dispose]()
  expect(path).not.toBe(before.path)
  const after = createStore({ path: before.path })
  after.writer.addSpans([
    makeRequest(
      'GET',
      '/v1',
      { id: 3, parent: 2, atMs: 2, durationMs: 90, service: 'api', attributes: { team: 'data' } },
      503,
    ),
  ])
  expect(first(after)).toMatchObject({
    title: 'GET /',
    rooted: true,
    durationMs: 92,
    spans: 3,
    errors: 1,
    firstError: 'api: 503',
    services: [
      { name: 'web', outside: false },
      { name: 'api', outside: false },
    ],
    teams: ['growth', 'data'],
  })
  expect(
    after.reader.listTraces('route:/ route:/v1 team:growth team:data', { limit: 1 }).total,
  ).toBe(1)
  expect(after.writer.stored()).toMatchObject({ traces: 1, newest: 1 })
})

test('a trace in many batches, out of order, is the same as one in a single batch', () => {
  const spans = Array.from({ length: 40 }, (_, index) =>
    makeRequest(
      'GET',
      `/${index}`,
      {
        id: index + 1,
        ...(index === 0 ? {} : { parent: index }),
        atMs: index,
        durationMs: 100 - index,
        service: `service-${index % 5}`,
      },
      index % 7 === 3 ? 500 : 200,
    ),
  )
  const whole = createStore()
  whole.writer.addSpans(spans)
  const pieces = createStore()
  for (const span of spans.toReversed()) pieces.writer.addSpans([span])
  expect(first(pieces)).toEqual(first(whole))
  expect(pieces.reader.readTrace(traceId(1))?.spans).toEqual(spans)
})

test('a trace of 10,000 spans is read whole, by start', () => {
  const store = createStore()
  const spans = Array.from({ length: 10_000 }, (_, index) =>
    makeSpan({ id: index + 1, ...(index === 0 ? {} : { parent: 1 }), atMs: index }),
  )
  store.writer.addSpans(spans)
  expect(first(store)?.spans).toBe(10_000)
  expect(store.reader.readTrace(traceId(1))?.spans.map(span => span.spanId)).toEqual(
    spans.map((_, index) => spanId(index + 1)),
  )
})
