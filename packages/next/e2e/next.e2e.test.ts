import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import '@throughline/testing/matchers'
import { startTestDatabase } from '@throughline-example/database'
import {
  ATTR_THROUGHLINE_PROPAGATION,
  ATTR_THROUGHLINE_TRACE_RESTARTED,
  ATTR_URL_FULL,
  HEADER_THROUGHLINE_INTERNAL,
} from '@throughline/conventions'
import { startCollector, type Collector, type TraceTree } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startEcho, type Echo, type EchoService } from '../../node/e2e/echo-service.ts'
import { holdToFailureContract } from '../../node/e2e/failure-contract.ts'
import { startStub, type StubService } from '../../node/e2e/stub-service.ts'
import { ALL_CELLS, USUAL_CELLS, type Cell } from './cell.ts'
import { prepareApp, startApp, type FixtureApp, type PreparedApp } from './fixture-app.ts'
import { checkCarriedSentry } from './sentry-errors.ts'

const CELLS = process.env['THROUGHLINE_CELLS'] === 'all' ? ALL_CELLS : USUAL_CELLS

const SECRET = 'the-secret-of-the-fixture'

/** Whether this is the usual way to run in production, which the failure contract is held against. */
const isUsual = ({ next, bundler, mode, way }: Cell): boolean =>
  next === 16 && bundler === 'turbopack' && mode === 'start' && way === 'register'

const catalogFor = (stubUrl: string, servicePort: number): string => `version: 1
org: { defaultTeam: platform }
teams: { shop: { name: Shop }, stock: { name: Stock }, money: { name: Money }, platform: { name: Platform } }
services:
  web:
    kind: next
    roles: { productionFix: shop }
    routes:
      - { match: "GET /item/[id]", team: stock, audience: browser, work: request }
      - { match: "GET /api/item/[id]", team: stock, audience: partner, work: request }
    dependencies: [{ host: "${new URL(stubUrl).host}", team: money }, { db: app, team: platform }]
  stock-api: { kind: node, hosts: ["127.0.0.1:${servicePort}"] }
`

const THEIRS = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: 'their=1' }

/** That the trace of {@link THEIRS} ended at the application, and is linked. */
function expectRestarted({ traceId, roots: [root] }: TraceTree): void {
  expect(traceId).not.toBe('a'.repeat(32))
  expect(root?.attributes[ATTR_THROUGHLINE_TRACE_RESTARTED]).toBe('untrusted')
  expect(root?.links).toMatchObject([
    { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceState: '' },
  ])
}

/** What the cells of one build have in common. */
const buildOf = ({ next, bundler, mode }: Cell): string => `${next} ${bundler} ${mode}`

for (const [build, cells] of Map.groupBy(CELLS, buildOf)) {
  describe(`build of ${build}`, () => {
    let prepared: PreparedApp
    beforeAll(async () => {
      prepared = await prepareApp(cells[0] as Cell)
    })
    afterAll(() => prepared?.remove())

    // By the names that describeCell() gives.
    describe.for(cells)('Next.js $next, $bundler, $mode, $way', cell => {
      checkCell(cell, () => prepared)
    })

    describe.for(cells.filter(isUsual))('$way, whatever the collector does', cell => {
      holdNextToFailureContract(cell, () => prepared)
    })

    if (cells[0]?.mode === 'standalone') checkCarriedSentry(() => prepared)
  })
}

function holdNextToFailureContract(cell: Cell, prepared: () => PreparedApp): void {
  let metricsUrl = ''
  holdToFailureContract({
    async start(environment) {
      const app = await startApp(prepared(), cell.way, environment)
      metricsUrl = app.metricsUrl
      return app
    },
    metricsUrl: () => metricsUrl,
    path: '/static',
    answer: '<h1>static</h1>',
    requests: 750,
  })
}

function checkCell(cell: Cell, prepared: () => PreparedApp): void {
  let collector: Collector
  let stub: StubService
  let service: EchoService
  let stranger: EchoService
  let database: Awaited<ReturnType<typeof startTestDatabase>>
  let app: FixtureApp
  // next dev kills its server 100 ms after a signal, which may be too soon for it to send, unless it is told to wait.
  const patience = cell.mode === 'dev' ? { NEXT_EXIT_TIMEOUT_MS: '1000' } : {}

  beforeAll(async () => {
    collector = await startCollector()
    stub = await startStub()
    service = await startEcho()
    stranger = await startEcho()
    database = await startTestDatabase()
    writeFileSync(join(prepared().folder, 'ownership.yaml'), catalogFor(stub.url, service.port))
    app = await startApp(prepared(), cell.way, {
      ...collector.env,
      OTEL_SERVICE_NAME: 'web',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_BLRP_SCHEDULE_DELAY: '50',
      THROUGHLINE_CONSOLE: 'json',
      DATABASE_URL: database.url,
      STUB_URL: stub.url,
      SERVICE_URL: `http://127.0.0.1:${service.port}/`,
      STRANGER_URL: `http://127.0.0.1:${stranger.port}/`,
      THROUGHLINE_INTERNAL_SECRET: SECRET,
      // None of ours is here: without any network, development would trust its own machine.
      THROUGHLINE_INTERNAL_CIDRS: '192.0.2.0/24',
      ...patience,
    })
  })
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]()
    await database?.stop()
    for (const server of [stub, service, stranger]) await server?.[Symbol.asyncDispose]()
    await collector?.stop()
  })

  /** Sends a request and gives the one trace that it made. */
  const trace = async (
    path: string,
    root: string,
    init: RequestInit = {},
  ): Promise<{ status: number; tree: TraceTree }> => {
    collector.clear()
    const response = await fetch(app.url + path, init)
    await response.text()
    const tree = await collector.waitForTrace({ root })
    expect(tree).toBeOneTrace()
    expect(tree).toHaveNoOrphans()
    return { status: response.status, tree }
  }

  test('the first request is one whole trace, and not that of the stranger who sends it', async () => {
    collector.clear()
    await (await fetch(`${app.url}/item/1`, { headers: THEIRS })).text()
    const tree = await collector.waitForTrace({
      containing: ['GET /item/[id]', /^pg\.query/, 'GET'],
    })
    expect(tree).toBeOneTrace()
    expect(tree).toHaveNoOrphans()
    expect(tree.roots[0]).toMatchObject({
      name: 'GET /item/[id]',
      team: 'stock',
      attributes: { 'http.route': '/item/[id]', 'http.response.status_code': 200 },
    })
    expectRestarted(tree)
    expect(tree.spans.filter(({ kind }) => kind === 'server')).toHaveLength(1)
    expect(tree).toContainPath(['GET /item/[id]', /^pg\.query/])
    const metrics = await (await fetch(app.metricsUrl)).text()
    expect(metrics.match(/^http_server_request_duration_seconds_count\{.*/gm)).toEqual([
      expect.stringMatching(/http_route="\/item\/\[id\]".* 1$/),
    ])
  })

  test.for([
    { path: '/item/7', route: '/item/[id]', what: 'a page behind the proxy', audience: 'browser' },
    {
      path: '/api/item/7',
      route: '/api/item/[id]',
      what: 'a route handler behind the proxy',
      audience: 'partner',
    },
  ])(
    '$what is one trace to the database and the external service, with route and owner',
    async ({ path, route, audience }) => {
      const { status, tree } = await trace(path, `GET ${route}`)
      expect(status).toBe(200)
      expect(tree).toContainPath([`web GET ${route}`, /^pg\.query:SELECT/])
      expect(tree).toContainPath([
        `web GET ${route}`,
        { kind: 'client', name: 'GET', team: 'money' },
      ])
      expect(tree.spans.filter(({ kind }) => kind === 'client')).toHaveLength(2)
      expect(tree.roots[0]).toMatchObject({
        kind: 'server',
        attributes: {
          'http.route': route,
          team: 'stock',
          'throughline.audience': audience,
          'throughline.work': 'request',
        },
      })
    },
  )

  test.for([
    { path: '/static', what: 'a static page', team: 'shop' },
    { path: '/item/list', what: 'a static page behind the proxy', team: 'stock' },
  ])('$what has its route', async ({ path, team }) => {
    const { status, tree } = await trace(path, `GET ${path}`)
    expect(status).toBe(200)
    expect(tree.roots[0]?.attributes).toMatchObject({ 'http.route': path, team })
  })

  test.for([
    { path: '/boom', message: 'page boom' },
    { path: '/api/boom', message: 'route boom' },
  ])(
    'an error of $path is on its span, once, and its request has failed',
    async ({ path, message }) => {
      const { status, tree } = await trace(path, `GET ${path}`)
      expect(status).toBe(500)
      expect(tree.roots[0]).toMatchObject({ status: 'error', attributes: { 'http.route': path } })
      const exceptions = tree.spans.flatMap(span =>
        span.events.map(({ name, attributes }) => [
          name,
          attributes['exception.message'],
          span.status,
        ]),
      )
      expect(exceptions.length).toBeGreaterThan(0)
      for (const exception of exceptions) expect(exception).toEqual(['exception', message, 'error'])
      for (const span of tree.spans) expect(span.events.length).toBeLessThan(2)
    },
  )

  /** Runs the server action of a page as its JavaScript does. */
  const act = async (): Promise<{ status: number; tree: TraceTree }> => {
    const page = await (await fetch(`${app.url}/form`)).text()
    const [, id = ''] = /\$ACTION_ID_([0-9a-f]+)/.exec(page) ?? []
    return await trace('/form', 'POST /form', {
      method: 'POST',
      headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
      body: '[]',
    })
  }

  test('a server action is a span by its name, with what it does below it', async () => {
    const { status, tree } = await act()
    expect(status).toBe(200)
    expect(tree).toContainPath(['POST /form', 'action saveItem', /^pg\.query:SELECT/])
  })

  /** The lines of JSON that belong to a trace, once its request has one. */
  const linesOf = (traceId: string): Promise<Record<string, unknown>[]> =>
    vi.waitFor(() => {
      const lines = app
        .output()
        .split('\n')
        .filter(line => line.includes(traceId))
        .map(line => JSON.parse(line) as Record<string, unknown>)
      expect(lines.map(({ msg }) => msg)).toContain('request')
      return lines
    }, 5_000)

  test.for([
    { what: 'a page', path: '/item/7?token=abc123def456', route: '/item/[id]', said: [] },
    { what: 'a route handler', path: '/api/item/7', route: '/api/item/[id]', said: ['item 7 for'] },
    { what: 'a server action', path: '/form', route: '/form', said: ['saved'] },
  ])(
    '$what is one log line with its route, and what it says has the same trace',
    async ({ path, route, said }) => {
      const isAction = path === '/form'
      const { tree } = isAction ? await act() : await trace(path, `GET ${route}`)
      const [root] = tree.roots
      const lines = await linesOf(tree.traceId)
      expect(lines.filter(({ msg }) => msg === 'request')).toMatchObject([
        { method: isAction ? 'POST' : 'GET', route, status: 200, span_id: root?.spanId },
      ])
      const others = lines.map(({ msg }) => String(msg)).filter(msg => msg !== 'request')
      for (const words of said) expect(others.join()).toContain(words)
      // next dev writes the address of each request to stdout by itself, past console.
      if (cell.mode !== 'dev') expect(app.output()).not.toContain('abc123def456')
      expect(app.output()).not.toContain('jo@example.com')
      await vi.waitFor(() => {
        const sent = collector.logs.filter(({ traceId }) => traceId === tree.traceId)
        expect(sent.length).toBeGreaterThanOrEqual(1 + said.length)
      }, 5_000)
    },
  )

  /** Sends the form of a page as a browser without JavaScript does. */
  const submit = async (path: string): Promise<{ status: number; tree: TraceTree }> => {
    const page = await (await fetch(app.url + path)).text()
    const body = new FormData()
    for (const [, name = ''] of page.matchAll(/<input[^>]*name="([^"]+)"/g)) body.append(name, '')
    return await trace(path, `POST ${path}`, { method: 'POST', body })
  }

  test('a form without JavaScript runs its action by the same name', async () => {
    const { status, tree } = await submit('/late-form')
    expect(status).toBe(200)
    expect(tree).toContainPath(['POST /late-form', 'action saveLate', /^pg\.query:SELECT/])
  })

  // Next.js 15 with Turbopack looks for the action before the package is there, traced or not.
  const answers = cell.next === 15 && cell.bundler === 'turbopack' ? 500 : 200
  test(`a form without JavaScript whose action imports a package is one whole trace, and Next.js answers ${answers}`, async () => {
    const { status, tree } = await submit('/form')
    expect(status).toBe(answers)
    if (answers === 200) {
      expect(tree).toContainPath(['POST /form', 'action saveItem', /^pg\.query:SELECT/])
    } else {
      expect(tree.roots[0]).toMatchObject({
        status: 'error',
        attributes: { 'http.route': '/form' },
      })
    }
  })

  test('what handlers, pages and actions say of their request is on its span and counted', async () => {
    const metrics = async (): Promise<string> => (await fetch(app.metricsUrl)).text()
    const { status, tree } = await trace('/api/signals', 'POST /api/signals', { method: 'POST' })
    expect(status).toBe(401)
    expect(tree.roots[0]?.attributes['throughline.actor']).toBe('partner')
    for (const line of [
      'throughline_auth_failures_total{http_route="/api/signals",reason="expired_credentials"} 1',
      'throughline_rate_limited_total{http_route="/api/signals"} 1',
      'throughline_replays_blocked_total{http_route="/api/signals"} 1',
    ])
      expect(await metrics()).toContain(line)
    const page = await trace('/signals', 'GET /signals')
    expect(page.tree.roots[0]?.attributes['throughline.actor']).toBe('user')
    await submit('/signals')
    expect(await metrics()).toContain('throughline_replays_blocked_total{http_route="/signals"} 1')
  })

  test('a path that is no route names none', async () => {
    const { status, tree } = await trace('/nope', 'GET')
    expect(status).toBe(404)
    expect(tree.roots[0]?.attributes['http.route']).toBeUndefined()
  })

  test('a prefetch is told from a visit', async () => {
    const { tree } = await trace('/item/7', 'GET /item/[id]', {
      headers: { rsc: '1', 'next-router-prefetch': '1' },
    })
    expect(tree.roots[0]?.attributes['throughline.next.kind']).toBe('prefetch')
  })

  test('edge code serves beside us, and files of the build make no trace', async () => {
    collector.clear()
    expect(await (await fetch(`${app.url}/_next/static/none.js`)).text()).toBeDefined()
    const { status } = await trace('/api/edge', 'GET')
    expect(status).toBe(200)
    expect(
      collector.spans.filter(({ attributes }) =>
        JSON.stringify(attributes['url.path'] ?? '').startsWith('"/_next/'),
      ),
    ).toEqual([])
  })

  test.for(['/item/3', '/api/item/3', '/static'])(
    'a stranger does not steer the trace of %s',
    async path => {
      const root = `GET ${path.replace('3', '[id]')}`
      const { status, tree } = await trace(path, root, { headers: THEIRS })
      expect(status).toBe(200)
      expectRestarted(tree)
    },
  )

  test('a service that has the secret is continued, and the application does not see the secret', async () => {
    collector.clear()
    const headers = { ...THEIRS, [HEADER_THROUGHLINE_INTERNAL]: SECRET }
    const answer = await fetch(`${app.url}/api/seen`, { headers })
    expect(Object.keys((await answer.json()) as object)).not.toContain(HEADER_THROUGHLINE_INTERNAL)
    const tree = await collector.waitForTrace({ traceId: 'a'.repeat(32) })
    expect(tree.orphans).toMatchObject([
      { name: 'GET /api/seen', parentSpanId: 'b'.repeat(16), traceState: 'their=1', links: [] },
    ])
  })

  test('the calls of a page continue its trace', async () => {
    collector.clear()
    const html = await (await fetch(`${app.url}/item/4`)).text()
    const [, traceparent = ''] = /<meta name="traceparent" content="([^"]+)"/.exec(html) ?? []
    const [, tracestate = ''] = /<meta name="tracestate" content="([^"]+)"/.exec(html) ?? []
    expect(tracestate).toMatch(/^throughline=[\w.-]+$/)
    await (await fetch(`${app.url}/api/item/4`, { headers: { traceparent, tracestate } })).text()
    const tree = await collector.waitForTrace({
      containing: ['GET /item/[id]', 'GET /api/item/[id]'],
    })
    expect(tree).toBeOneTrace()
    expect(tree).toHaveNoOrphans()
    expect(tree.roots[0]).toMatchObject({ name: 'GET /item/[id]', traceState: '', links: [] })
  })

  // In development Next.js keeps no page.
  test.for(cell.mode === 'dev' ? [] : [cell])(
    'a page that is kept for everybody holds no trace that is signed, also when it is made anew',
    async () => {
      const visitKept = async (): Promise<string> => (await fetch(`${app.url}/kept`)).text()
      const timeOf = (page: string): string | undefined => /made at .*?(\d{13})/.exec(page)?.[1]
      const html = await visitKept()
      const anew = await vi.waitFor(async () => {
        const later = await visitKept()
        expect(timeOf(later)).not.toBe(timeOf(html))
        return later
      }, 10_000)
      expect([timeOf(html), timeOf(anew)]).not.toContain(undefined)
      for (const page of [html, anew]) expect(page).not.toContain('throughline=')
    },
  )

  test('a page reports to its own application, which gives it a trace', async () => {
    collector.clear()
    const report = {
      v: 1,
      sent: Date.now(),
      now: 900,
      path: '/static',
      trace: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`,
      items: [{ kind: 'resume', t: 500 }],
    }
    const send = (site: string): Promise<Response> =>
      fetch(`${app.url}/api/telemetry`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': site },
        body: JSON.stringify(report),
      })
    expect((await send('cross-site')).status).toBe(403)
    const answer = await send('same-origin')
    expect(answer.status).toBe(204)
    const [, traceId = ''] = answer.headers.get('traceparent')?.split('-') ?? []
    const tree = await collector.waitForTrace({ traceId })
    expect(tree.spans).toMatchObject([
      { name: 'page resume', spanId: 'd'.repeat(16), service: 'web', team: 'shop' },
    ])
  })

  test('a service of the catalog is told the trace, and nobody else is', async () => {
    collector.clear()
    const answer = await fetch(`${app.url}/api/relay`)
    const sent = (await answer.json()) as { readonly service: Echo; readonly stranger: Echo }
    const tree = await collector.waitForTrace({ root: 'GET /api/relay', spans: 3 })
    const spanTo = ({ port }: EchoService): TraceTree['spans'][number] | undefined =>
      tree.spans.find(({ attributes }) => attributes[ATTR_URL_FULL] === `http://127.0.0.1:${port}/`)
    const told = `00-${tree.traceId}-${spanTo(service)?.spanId}-01`
    expect(sent.service.headers).toMatchObject({
      traceparent: told,
      [HEADER_THROUGHLINE_INTERNAL]: SECRET,
    })
    expect(sent.service.headers['tracestate']).toBeUndefined()
    // In development this machine is told, too.
    const withheld = cell.mode !== 'dev'
    expect(sent.stranger.headers['traceparent'] === undefined).toBe(withheld)
    expect(sent.stranger.headers[HEADER_THROUGHLINE_INTERNAL]).toBeUndefined()
    expect(spanTo(stranger)?.attributes[ATTR_THROUGHLINE_PROPAGATION]).toBe(
      withheld ? 'withheld' : undefined,
    )
  })

  test('/metrics counts requests by route, with exemplars of traces that arrived', async () => {
    const { tree } = await trace('/api/item/9', 'GET /api/item/[id]')
    const metrics = await (
      await fetch(app.metricsUrl, { headers: { accept: 'application/openmetrics-text' } })
    ).text()
    const series = metrics
      .split('\n')
      .filter(line => line.startsWith('http_server_request_duration_seconds_bucket'))
    expect(series.some(line => line.includes('http_route="/item/[id]"'))).toBe(true)
    expect(series.some(line => line.includes('http_route="unmatched"'))).toBe(true)
    expect(
      series.filter(line => line.includes('http_route="/api/item/[id]"')).join('\n'),
    ).toContain(tree.traceId)
  })

  const given = cell.mode === 'dev' ? ', given NEXT_EXIT_TIMEOUT_MS=1000' : ''
  test(`SIGTERM ends it within a second and sends what is finished${given}`, async () => {
    collector.clear()
    await (await fetch(`${app.url}/static`)).text()
    const from = performance.now()
    app.kill('SIGTERM')
    await app.ended
    // One second is the promise; the rest is for a busy machine, and for next dev to end its children.
    expect(performance.now() - from).toBeLessThan(2_500)
    await collector.waitForTrace({ root: 'GET /static' })
  })
}
