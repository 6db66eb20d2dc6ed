import { expect, test } from 'vitest'
import type { Meta } from '../../src/api/meta.ts'
import type { RouteTable } from '../../src/api/routes.ts'
import type { ServiceMap } from '../../src/api/service-map.ts'
import type { SpanDetail, TraceView } from '../../src/api/trace.ts'
import type { TraceCount, TraceList } from '../../src/api/traces.ts'
import { findFreePort } from '../../src/server/free-port.ts'
import { makeSpan } from '../../../trace/test/make-span.ts'
import { bodyOf, JSON_TYPE, send, served } from './otlp-body.ts'
import { ask, makeFolder, readJson, share, start } from './running-viewer.ts'

const TRACE = 'a'.repeat(32)
const SPAN = 'b'.repeat(16)

const shared = share()

test.for([
  ['GET', '/api/nothing', 404, /no \/api\/nothing/],
  ['GET', '/api/', 404, /no \/api\//],
  ['GET', '/api/traces/count/x', 400, /"count" is no trace id/],
  ['GET', `/api/traces/${TRACE}`, 404, /no span of trace a{32} is here/],
  ['GET', `/api/traces/${TRACE}/otlp`, 404, /no span of trace/],
  ['GET', `/api/traces/${TRACE}/spans/${SPAN}`, 404, /has no span b{16} here/],
  ['GET', `/api/traces/${TRACE}/other`, 404, /no \/api/],
  ['GET', `/api/traces/${TRACE}/spans/${SPAN}/x`, 404, /no \/api/],
  ['GET', '/api/traces/7', 400, /"7" is no trace id/],
  ['GET', `/api/traces/${'0'.repeat(32)}`, 400, /is no trace id/],
  ['GET', `/api/traces/${TRACE}/spans/7`, 400, /"7" is no span id/],
  ['GET', `/api/traces/${'x'.repeat(500)}`, 400, /"x{40}…" is no trace id/],
  ['GET', '/api/traces?limit=0', 400, /limit "0" is no whole number from 1 to 500/],
  ['GET', '/api/traces?limit=501', 400, /limit "501"/],
  ['GET', '/api/traces?limit=1e2', 400, /limit "1e2"/],
  ['GET', '/api/traces/count?after=-1', 400, /after "-1"/],
  ['GET', '/api/routes?minutes=0', 400, /minutes "0"/],
  ['GET', '/api/map?minutes=NaN', 400, /minutes "NaN"/],
  ['GET', `/api/traces?q=${'x'.repeat(2001)}`, 400, /2001 characters/],
  ['POST', '/api/traces', 405, /GET, HEAD only/],
  ['DELETE', '/api/meta', 405, /GET, HEAD only/],
  ['POST', '/api/live', 405, /GET, HEAD only/],
  ['GET', '/api/import', 405, /POST only/],
  ['HEAD', '/api/import', 405, /^$/],
  ['POST', '/', 405, /GET, HEAD only/],
  ['PUT', '/assets/index-abc123.js', 405, /GET, HEAD only/],
  ['GET', '/v1/traces', 405, /POST/],
  ['POST', '/v1/nothing', 404, /\/v1\/traces/],
] as const)('%s %s is refused with %i, and says why', async ([method, path, status, words]) => {
  const answer = await ask(shared(), path, { method, headers: JSON_TYPE })
  expect(answer.status).toBe(status)
  expect(answer.text.replaceAll('\\"', '"')).toMatch(words)
  expect(answer.headers.allow !== undefined).toBe(status === 405)
  const said =
    path.startsWith('/api/') && method !== 'HEAD' ? JSON.parse(answer.text) : { fix: 'x' }
  expect(said).toMatchObject({ fix: expect.stringMatching(/\w/) })
})

test('HEAD has the headers of GET, and no body', async () => {
  const viewer = await start()
  await send(viewer, served())
  for (const path of ['/', '/api/meta', '/api/traces', '/icon.svg', '/missing.js', '/api/x']) {
    const [get, head] = [await ask(viewer, path), await ask(viewer, path, { method: 'HEAD' })]
    expect([path, head.status, head.headers['content-length'], head.text]).toEqual([
      path,
      get.status,
      get.headers['content-length'],
      '',
    ])
  }
  expect(await ask(viewer, '/api/live', { method: 'HEAD' })).toMatchObject({
    status: 200,
    text: '',
  })
})

test('answers of the API are JSON that nobody keeps', async () => {
  const { headers } = await ask(shared(), '/api/traces')
  expect([headers['content-type'], headers['cache-control']]).toEqual([
    'application/json',
    'no-store',
  ])
})

test('what is sent can be listed, counted, opened and looked at', async () => {
  const viewer = await start({ links: { jaeger: 'http://jaeger.test/trace/{traceId}' } })
  const root = served({ method: 'POST', route: '/api/billing/plan', durationMs: 900 })
  const call = makeSpan({
    kind: 'client',
    parentSpanId: root.spanId,
    startMs: root.startMs + 10,
    durationMs: 800,
    status: 'error',
    resource: root.resource,
    attributes: {
      'http.request.method': 'POST',
      'server.address': 'payments.example.com',
      'http.response.status_code': 502,
    },
  })
  expect(await send(viewer, root, call)).toMatchObject({ status: 200, text: '{}' })

  const list = await readJson<TraceList>(viewer, '/api/traces?q=service:web')
  expect(list).toMatchObject({
    total: 1,
    traces: [{ traceId: TRACE, title: 'POST /api/billing/plan', spans: 2, errors: 1 }],
  })
  const none = await readJson<TraceList>(viewer, '/api/traces?q=service:other')
  expect([none.total, none.traces, none.newest]).toEqual([0, [], list.newest])
  const count = await readJson<TraceCount>(viewer, '/api/traces/count?q=service:web&after=0')
  expect(count).toEqual({ count: 1, newest: list.newest })

  const trace = await readJson<TraceView>(viewer, `/api/traces/${TRACE.toUpperCase()}`)
  expect(trace).toMatchObject({
    traceId: TRACE,
    durationMs: 900,
    spans: [
      { spanId: root.spanId, depth: 0, descendants: 1 },
      { spanId: call.spanId, parent: 0, depth: 1, failed: true, failure: '502' },
    ],
    links: { jaeger: `http://jaeger.test/trace/${TRACE}` },
  })
  const span = await readJson<SpanDetail>(viewer, `/api/traces/${TRACE}/spans/${call.spanId}`)
  expect(span).toMatchObject({
    parentSpanId: root.spanId,
    attributes: call.attributes,
    kind: 'client',
  })

  const routes = await readJson<RouteTable>(viewer, '/api/routes')
  expect(routes.routes).toMatchObject([{ service: 'web', route: '/api/billing/plan', requests: 1 }])
  const map = await readJson<ServiceMap>(viewer, '/api/map')
  expect(map.edges).toMatchObject([
    { from: 'service:web', to: 'external:payments.example.com', calls: 1, errors: 1 },
  ])
  const found = await readJson<TraceList>(
    viewer,
    `/api/traces?q=${encodeURIComponent(map.edges[0]?.search ?? '')}`,
  )
  expect(found).toMatchObject({ total: 1, complaints: [] })
})

test('spans of long ago are in a table without minutes, and in none of the last minutes', async () => {
  const viewer = await start()
  await send(viewer, served({ startUnixNano: 1_500_000_000_000_000_000n }))
  const all = await readJson<RouteTable>(viewer, '/api/routes')
  const last = await readJson<RouteTable>(viewer, '/api/routes?minutes=60')
  expect([all.routes.length, last.routes.length]).toEqual([1, 0])
})

test('the viewer says what it is and what it holds', async () => {
  const viewer = await start({ maxSpans: 1000, maxBytes: 1_000_000 })
  await send(viewer, served({ service: 'b', resource: { attributes: { 'service.name': 'b' } } }))
  await send(viewer, served({ traceId: 'c'.repeat(32) }))
  const meta = await readJson<Meta>(viewer, '/api/meta')
  expect(meta).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    endpoint: viewer.url,
    stored: { traces: 2, spans: 2, logs: 0, evictedSpans: 0 },
    limits: { maxSpans: 1000, maxBytes: 1_000_000 },
    services: ['b', 'web'],
    teams: [],
    links: {},
  })
  expect(meta.catalog).toBeUndefined()
  expect(Math.abs(Date.now() - meta.startedAtMs)).toBeLessThan(20_000)
})

test('a store in a file keeps what it has over a restart', async () => {
  const file = `${makeFolder()}/kept.sqlite`
  const first = await start({ file })
  await send(first, served())
  await first.stop()
  const second = await start({ file })
  expect(await readJson<TraceList>(second, '/api/traces')).toMatchObject({ total: 1 })
})

test('a store that another viewer has open is refused, and the port is free again', async () => {
  const file = `${makeFolder()}/kept.sqlite`
  await start({ file })
  const port = (await findFreePort(21_000)) ?? 0
  await expect(start({ file, port })).rejects.toMatchObject({ code: 'STORE_IN_USE' })
  expect(await findFreePort(port)).toBe(port)
})

test('logs and metrics are taken, too', async () => {
  const viewer = await start()
  const log = {
    timeUnixNano: '1795000000000000000',
    body: { stringValue: 'hello' },
    traceId: TRACE,
  }
  const logs = await ask(viewer, '/v1/logs', {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] }),
  })
  const metrics = await ask(viewer, '/v1/metrics', {
    method: 'POST',
    headers: JSON_TYPE,
    body: '{"resourceMetrics":[]}',
  })
  expect([logs.status, metrics.status]).toEqual([200, 200])
  await ask(viewer, '/v1/traces', { method: 'POST', headers: JSON_TYPE, body: bodyOf([served()]) })
  const trace = await readJson<TraceView>(viewer, `/api/traces/${TRACE}`)
  expect(trace.logs).toMatchObject([{ body: 'hello', timeUnixMs: 1_795_000_000_000 }])
})

test('whoever started the viewer gets the spans that were kept, and what it throws is answered', async () => {
  const names: string[] = []
  const viewer = await start({
    onTraces(spans) {
      names.push(...spans.map(({ name }) => name))
      if (names.length > 1) throw new Error('enough')
    },
  })
  expect((await send(viewer, served())).status).toBe(200)
  expect(await send(viewer, served({ name: 'GET /more', traceId: 'c'.repeat(32) }))).toMatchObject({
    status: 500,
    text: expect.stringContaining('enough'),
  })
  expect(names).toEqual(['GET /invoices/[id]', 'GET /more'])
  expect(await readJson(viewer, '/api/traces')).toMatchObject({ total: 2 })
})
