import { expect, test } from 'vitest'
import {
  createStore,
  makeCall,
  makeQuery,
  makeRequest,
  makeSpan,
  NOON_MS,
  spanId,
  traceId,
} from './samples.ts'

test('requests and jobs are told by service, method and route', () => {
  const { writer, reader } = createStore()
  writer.addSpans([
    makeRequest('GET', '/invoices/[id]', {
      trace: 1,
      id: 1,
      durationMs: 7,
      attributes: { team: 'growth', 'throughline.audience': 'browser' },
    }),
    makeRequest(
      'GET',
      '/invoices/[id]',
      {
        trace: 2,
        id: 2,
        atMs: 5,
        attributes: { team: 'growth', 'throughline.audience': 'browser' },
      },
      500,
    ),
    makeRequest('POST', '/invoices/[id]', {
      trace: 3,
      id: 3,
      attributes: { 'throughline.owner.unowned': 'unlisted' },
    }),
    makeSpan({ trace: 4, id: 4, attributes: { 'http.request.method': 'GET' } }),
    makeSpan({
      trace: 5,
      id: 5,
      kind: 'consumer',
      name: 'process',
      status: 'error',
      attributes: { 'messaging.destination.name': 'reports' },
    }),
    makeSpan({ trace: 6, id: 6, name: 'shop.Cart/Add', attributes: { 'rpc.system': 'grpc' } }),
    makeSpan({ trace: 6, id: 7, kind: 'internal' }),
  ])
  expect(reader.served(0)).toEqual([
    {
      service: 'web',
      method: 'GET',
      route: '/invoices/[id]',
      isJob: false,
      team: 'growth',
      audience: 'browser',
      unowned: undefined,
      requests: [
        { startMs: NOON_MS, durationMs: 7, failed: false, traceId: traceId(1), spanId: spanId(1) },
        {
          startMs: NOON_MS + 5,
          durationMs: 10,
          failed: true,
          traceId: traceId(2),
          spanId: spanId(2),
        },
      ],
    },
    expect.objectContaining({ method: 'POST', unowned: 'unlisted', team: undefined }),
    expect.objectContaining({ method: 'GET', route: 'unmatched' }),
    expect.objectContaining({
      method: 'job',
      route: 'reports',
      isJob: true,
      requests: [expect.objectContaining({ failed: true })],
    }),
    expect.objectContaining({ method: '', route: 'shop.Cart/Add' }),
  ])
})

test('a route has the team that was said last', () => {
  const { writer, reader } = createStore()
  for (const team of ['old', 'new'])
    writer.addSpans([makeRequest('GET', '/', { attributes: { team }, id: team.charCodeAt(0) })])
  expect(reader.served(0).map(({ team, requests }) => [team, requests.length])).toEqual([
    ['new', 2],
  ])
})

test('a call goes to the service that answered it, else to what it names', () => {
  const { writer, reader } = createStore()
  writer.addSpans([makeRequest('GET', '/v1', { id: 12, parent: 11, service: 'api' })])
  writer.addSpans([
    makeCall('127.0.0.1', {
      id: 11,
      durationMs: 30,
      attributes: { team: 'growth', 'server.port': 3002 },
    }),
    makeCall('payments.example.com', {
      id: 13,
      attributes: { team: 'growth', 'server.port': 443, 'url.scheme': 'https' },
    }),
    makeCall(
      'payments.example.com',
      { id: 14, attributes: { team: 'billing', 'server.port': 443, 'url.scheme': 'https' } },
      502,
    ),
    makeCall('localhost', { id: 15, attributes: { 'server.port': 8080 } }),
    makeQuery({ id: 16 }),
    makeSpan({
      id: 17,
      kind: 'producer',
      name: 'send reports',
      attributes: { 'messaging.destination.name': 'reports' },
    }),
    makeSpan({
      id: 18,
      kind: 'client',
      name: 'GET',
      attributes: { 'throughline.next.kind': 'browser', 'http.request.method': 'GET' },
    }),
    makeSpan({
      id: 19,
      kind: 'client',
      name: 'GET',
      attributes: { 'url.full': 'https://old.example.com:8443/x' },
    }),
  ])
  expect(
    reader.calls(0).map(({ from, target, durationsMs, errors, teams }) => ({
      from,
      ...target,
      calls: durationsMs.length,
      errors,
      teams,
    })),
  ).toEqual([
    {
      from: 'web',
      kind: 'service',
      name: 'api',
      category: 'call',
      calls: 1,
      errors: 0,
      teams: ['growth'],
    },
    {
      from: 'web',
      kind: 'external',
      name: 'payments.example.com',
      category: 'external',
      calls: 2,
      errors: 1,
      teams: ['billing', 'growth'],
    },
    {
      from: 'web',
      kind: 'external',
      name: 'localhost:8080',
      category: 'external',
      calls: 1,
      errors: 0,
      teams: [],
    },
    {
      from: 'web',
      kind: 'database',
      name: 'postgresql app',
      category: 'database',
      calls: 1,
      errors: 0,
      teams: [],
    },
    {
      from: 'web',
      kind: 'queue',
      name: 'reports',
      category: 'queue',
      calls: 1,
      errors: 0,
      teams: [],
    },
    {
      from: 'browser',
      kind: 'service',
      name: 'web',
      category: 'call',
      calls: 1,
      errors: 0,
      teams: [],
    },
    {
      from: 'web',
      kind: 'external',
      name: 'old.example.com:8443',
      category: 'external',
      calls: 1,
      errors: 0,
      teams: [],
    },
  ])
})

test('only what began since is told', () => {
  const { writer, reader } = createStore()
  writer.addSpans(
    [10, 20, 30].flatMap(atMs => [
      makeRequest('GET', '/', { trace: atMs, id: atMs, atMs }),
      makeQuery({ trace: atMs, id: atMs + 1, atMs }),
    ]),
  )
  writer.addSpans([makeRequest('GET', '/', { trace: 1, id: 1, atMs: 5 })])
  expect(reader.served(NOON_MS + 20).map(({ requests }) => requests.length)).toEqual([2])
  expect(reader.calls(NOON_MS + 20).map(({ durationsMs }) => durationsMs.length)).toEqual([2])
  expect(reader.span(NOON_MS + 20)).toEqual({ fromMs: NOON_MS + 20, toMs: NOON_MS + 30 })
  expect(reader.span(0)).toEqual({ fromMs: NOON_MS + 5, toMs: NOON_MS + 30 })
  expect(reader.span(NOON_MS + 31)).toBeUndefined()
  expect(reader.served(NOON_MS + 31)).toEqual([])
})

test('the one who knows owners is asked once for each request, job and call that names no team', () => {
  const asked: string[] = []
  const { writer, reader } = createStore({
    teamOf: span => {
      asked.push(span.spanId)
      return 'by-catalog'
    },
  })
  writer.addSpans([
    makeRequest('GET', '/', { id: 1 }),
    makeCall('api', { id: 2, parent: 1 }),
    makeRequest('GET', '/v1', {
      id: 3,
      parent: 2,
      service: 'api',
      attributes: { team: 'partners' },
    }),
    makeSpan({ id: 4, parent: 3, kind: 'internal' }),
    makeSpan({ id: 5, parent: 3, kind: 'consumer' }),
  ])
  expect(asked).toEqual([1, 2, 5].map(spanId))
  expect(reader.listTraces('', { limit: 1 }).traces[0]).toMatchObject({
    team: 'by-catalog',
    teams: ['by-catalog', 'partners'],
  })
})
