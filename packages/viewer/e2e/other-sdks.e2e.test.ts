import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeRequest } from './protobuf-encoding.ts'
import { startViewerProcess, type RunningViewer } from './running-viewer.ts'

/** A request, as SDKs of other languages make it. */
interface Payload {
  readonly resourceSpans: readonly object[]
  readonly resourceLogs?: readonly object[]
}

const readPayload = (name: string): Payload =>
  JSON.parse(readFileSync(new URL(`payloads/${name}.json`, import.meta.url), 'utf8')) as Payload

const PAYLOADS: Readonly<Record<'old' | 'stable', Payload>> = {
  old: readPayload('old-names'),
  stable: readPayload('stable-names'),
}

/** Each way in which a payload comes. */
const WAYS = ['JSON', 'protobuf', 'gzipped protobuf', 'a file that is imported'] as const

async function send(
  viewer: RunningViewer,
  way: (typeof WAYS)[number],
  payload: Payload,
): Promise<void> {
  const json = { 'content-type': 'application/json' }
  if (way === 'a file that is imported') {
    const body = JSON.stringify(payload)
    const answer = await viewer.exchange({ path: '/api/import', headers: json, body })
    expect([answer.status, JSON.parse(answer.body.toString())]).toMatchObject([
      200,
      { rejected: 0, reason: '' },
    ])
    return
  }
  for (const [path, message] of [
    ['/v1/traces', { resourceSpans: payload.resourceSpans }],
    ['/v1/logs', { resourceLogs: payload.resourceLogs ?? [] }],
  ] as const) {
    const encoded = way === 'JSON' ? JSON.stringify(message) : encodeRequest(message)
    const gzipped = way === 'gzipped protobuf'
    const answer = await viewer.exchange({
      path,
      headers: {
        'content-type': way === 'JSON' ? 'application/json' : 'application/x-protobuf',
        ...(gzipped ? { 'content-encoding': 'gzip' } : {}),
      },
      body: gzipped ? gzipSync(encoded) : encoded,
    })
    expect([answer.status, answer.body.toString()]).toEqual([200, way === 'JSON' ? '{}' : ''])
  }
}

describe.for(WAYS)('as %s', way => {
  let viewer: RunningViewer

  beforeAll(async () => {
    viewer = await startViewerProcess()
    for (const payload of Object.values(PAYLOADS)) await send(viewer, way, payload)
  })

  afterAll(() => viewer?.[Symbol.asyncDispose]())

  test('a request through Java, Go and PostgreSQL by the old names of attributes shows up whole', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    const trace = await viewer.readTrace(traceId)
    expect(trace).toMatchObject({
      title: 'GET /orders/{id}',
      outcome: '500',
      failed: true,
      startUnixMs: 1_795_510_000_000,
      durationMs: 412.5,
      services: ['storefront', 'inventory'],
      failure: {
        span: 3,
        sentence: expect.stringMatching(
          /canceling statement due to statement timeout.*; storefront answered 500$/s,
        ),
      },
    })
    expect(trace.spans).toMatchObject([
      {
        spanId: '00f067aa0ba902b7',
        depth: 0,
        descendants: 3,
        service: 'storefront',
        title: 'GET /orders/{id}',
        category: 'api',
        startMs: 0,
        durationMs: 412.5,
        selfMs: 12.5,
        failed: true,
        failure: '500',
      },
      {
        spanId: '00f067aa0ba902b8',
        parent: 0,
        depth: 1,
        title: expect.stringMatching(/^GET inventory/),
        category: 'call',
        startMs: 10,
        durationMs: 400,
        failed: true,
        failure: '500',
      },
      {
        spanId: '00f067aa0ba902b9',
        parent: 1,
        depth: 2,
        service: 'inventory',
        title: 'GET /stock/{sku}',
        category: 'api',
        startMs: 20,
        durationMs: 385,
        failed: true,
        failure: '500',
      },
      {
        spanId: '00f067aa0ba902ba',
        parent: 2,
        depth: 3,
        descendants: 0,
        service: 'inventory',
        title: 'SELECT stock',
        category: 'database',
        startMs: 30,
        durationMs: 370,
        selfMs: 370,
        failed: true,
        failure: expect.stringContaining('canceling statement'),
      },
    ])
  })

  test('its attributes are as they were sent, whole numbers as numbers and lists as lists', async () => {
    const detail = await viewer.readSpan('4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7')
    expect(detail).toMatchObject({
      kind: 'server',
      status: 'error',
      scope: { name: 'io.opentelemetry.tomcat-10.0', version: '1.31.0-alpha' },
      attributes: {
        'http.target': '/orders/17?lang=de',
        'http.status_code': 500,
        'http.response_content_length': Number.MAX_SAFE_INTEGER,
        'net.host.port': 8080,
        'thread.name': 'http-nio-8080-exec-3',
      },
      resource: { 'process.pid': 71, 'process.command_args': ['java', '-jar'] },
    })
    const query = await viewer.readSpan('4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902ba')
    expect(query).toMatchObject({
      attributes: { 'db.statement': 'SELECT amount FROM stock WHERE sku = $1' },
      events: [
        { name: 'exception', atMs: 369, attributes: { 'exception.type': '*pgconn.PgError' } },
      ],
    })
  })

  test('a request through Java, Go, PostgreSQL and a queue to Python by the stable names shows up whole', async () => {
    const trace = await viewer.readTrace('0af7651916cd43dd8448eb211c80319c')
    expect(trace).toMatchObject({
      title: 'POST /checkout',
      outcome: '201',
      failed: false,
      startUnixMs: 1_795_510_100_000,
      durationMs: 340,
      services: ['checkout', 'stock', 'mailer'],
    })
    expect(
      trace.spans.map(({ depth, category, title, service, startMs, durationMs }) => [
        depth,
        category,
        title,
        service,
        startMs,
        durationMs,
      ]),
    ).toEqual([
      [0, 'api', 'POST /checkout', 'checkout', 0, 250],
      [1, 'call', expect.stringMatching(/^GET stock/), 'checkout', 20, 100],
      [2, 'api', 'GET /availability/{sku}', 'stock', 30, 80],
      [3, 'database', 'SELECT stock', 'stock', 40, 60],
      [1, 'queue', expect.stringContaining('receipts'), 'checkout', 200, 10],
      [2, 'job', expect.stringContaining('receipts'), 'mailer', expect.closeTo(300, 3), 40],
    ])
    expect(trace.logs).toMatchObject([
      {
        span: 0,
        atMs: 150,
        timeUnixMs: 1_795_510_100_150,
        service: 'checkout',
        severityNumber: 9,
        severityText: 'INFO',
        body: 'order 812 placed',
        attributes: { 'thread.name': 'http-nio-8080-exec-7' },
      },
    ])
  })

  test('its bytes, lists and maps are as they were sent', async () => {
    const detail = await viewer.readSpan('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331')
    expect(detail).toMatchObject({
      traceState: 'rojo=00f067aa0ba902b7',
      attributes: {
        'cart.total': 129,
        'cart.is_gift': false,
        'cart.digest': '3q2+7w==',
        'cart.skus': ['A-7', 'B-12'],
        'cart.customer': { tier: 'gold', visits: 12, recent: [3, 4] },
      },
    })
    const job = await viewer.readSpan('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203336')
    expect(job).toMatchObject({
      kind: 'consumer',
      links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203335' }],
    })
  })

  test('both are found by what a person looks for', async () => {
    const found = async (search: string): Promise<string[]> =>
      (await viewer.listTraces(search)).traces.map(({ title }) => title)
    expect({
      service: await found('service:inventory'),
      route: await found('route:/checkout'),
      error: await found('status:error'),
      status: await found('status:201'),
      text: await found('57014'),
      id: await found('4BF92F3577B34DA6A3CE929D0E0E4736'),
    }).toEqual({
      service: ['GET /orders/{id}'],
      route: ['POST /checkout'],
      error: ['GET /orders/{id}'],
      status: ['POST /checkout'],
      text: ['GET /orders/{id}'],
      id: ['GET /orders/{id}'],
    })
  })

  test('routes, jobs and calls are those of the services', async () => {
    const { routes } = await viewer.readRoutes()
    expect(
      routes
        .map(({ service, method, route, isJob, requests, errors, p95Ms }) => ({
          row: `${service} ${method} ${route}`,
          isJob,
          requests,
          errors,
          p95Ms,
        }))
        .toSorted((a, b) => a.row.localeCompare(b.row)),
    ).toEqual([
      row('checkout POST /checkout', 250),
      row('inventory GET /stock/{sku}', 385, 1),
      { ...row('', 40), row: expect.stringMatching(/^mailer .*receipts$/), isJob: true },
      row('stock GET /availability/{sku}', 80),
      row('storefront GET /orders/{id}', 412.5, 1),
    ])
    const { edges } = await viewer.readMap()
    expect(edges.map(({ from, to, calls, errors }) => [from, to, calls, errors])).toEqual(
      expect.arrayContaining([
        ['service:storefront', 'service:inventory', 1, 1],
        ['service:inventory', 'database:postgresql warehouse', 1, 1],
        ['service:checkout', 'service:stock', 1, 0],
        ['service:stock', 'database:postgresql warehouse', 1, 0],
      ]),
    )
  })
})

const row = (name: string, p95Ms: number, errors = 0): object => ({
  row: name,
  isJob: false,
  requests: 1,
  errors,
  p95Ms,
})
