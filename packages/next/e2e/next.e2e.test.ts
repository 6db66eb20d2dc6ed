import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import '@throughline/testing/matchers'
import { startTestDatabase } from '@throughline-example/database'
import { startCollector, type Collector, type TraceTree } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStub, type StubService } from '../../node/e2e/stub-service.ts'
import { ALL_CELLS, USUAL_CELLS, type Cell } from './cell.ts'
import { prepareApp, startApp, type FixtureApp, type PreparedApp } from './fixture-app.ts'

const CELLS = process.env['THROUGHLINE_CELLS'] === 'all' ? ALL_CELLS : USUAL_CELLS

const catalogFor = (stubUrl: string): string => `version: 1
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
`

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
  })
}

function checkCell(cell: Cell, prepared: () => PreparedApp): void {
  let collector: Collector
  let stub: StubService
  let database: Awaited<ReturnType<typeof startTestDatabase>>
  let app: FixtureApp
  // next dev kills its server 100 ms after a signal, which may be too soon for it to send, unless it is told to wait.
  const patience = cell.mode === 'dev' ? { NEXT_EXIT_TIMEOUT_MS: '1000' } : {}

  beforeAll(async () => {
    collector = await startCollector()
    stub = await startStub()
    database = await startTestDatabase()
    writeFileSync(join(prepared().folder, 'ownership.yaml'), catalogFor(stub.url))
    app = await startApp(prepared(), cell.way, {
      ...collector.env,
      OTEL_SERVICE_NAME: 'web',
      DATABASE_URL: database.url,
      STUB_URL: stub.url,
      ...patience,
    })
  })
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]()
    await database?.stop()
    await stub?.[Symbol.asyncDispose]()
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

  test('the first request is one whole trace', async () => {
    collector.clear()
    await (await fetch(`${app.url}/item/1`)).text()
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

  test('a server action is a span by its name, with what it does below it', async () => {
    const page = await (await fetch(`${app.url}/form`)).text()
    const [, id = ''] = /\$ACTION_ID_([0-9a-f]+)/.exec(page) ?? []
    const { status, tree } = await trace('/form', 'POST /form', {
      method: 'POST',
      headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
      body: '[]',
    })
    expect(status).toBe(200)
    expect(tree).toContainPath(['POST /form', 'action saveItem', /^pg\.query:SELECT/])
  })

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
