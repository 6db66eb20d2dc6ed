import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@throughline-example/database'
import { startCollector, type Collector } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startFixture, type FixtureApp } from './fixture-app.ts'
import { createCatalogFile, type TemporaryCatalog } from './temporary-catalog.ts'

type Line = Readonly<Record<string, unknown>>

const CATALOG = `version: 1
org: { defaultTeam: shop }
teams: { shop: { name: Shop }, stock: { name: Stock } }
services:
  orders:
    kind: node
    roles: { productionFix: shop }
    routes: [{ match: "GET /items/:id", team: stock, audience: partner }]
`

/** What callers send, and what the application says, that no line may hold. */
const SECRETS = {
  query: 'hunter2token',
  mail: 'jo@example.com',
  authorization: 'c2VjcmV0LWJlYXJlci10b2tlbg',
  cookie: 'deadbeefcafe',
  path: 'reset-4711',
  error: 'ann@example.com',
  field: 'tok-4f9d2c',
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Line)
const isRequest = ({ msg }: Line): boolean => msg === 'request'

async function readMetric(url: string, series: string): Promise<number> {
  const text = await (await fetch(url)).text()
  return Number(
    text
      .split('\n')
      .find(line => line.startsWith(series))
      ?.split(' ')
      .at(-1) ?? 0,
  )
}

describe('an application with Fastify, pino and console', () => {
  let collector: Collector
  let catalog: TemporaryCatalog
  let app: FixtureApp
  let lines: Line[]
  let metricsUrl: string

  const waitForRequestLines = (count: number): Promise<void> =>
    vi.waitFor(() => {
      const found = linesOf(app.stdout()).filter(isRequest).length
      if (found !== count) throw new Error(`${found} lines of requests in:\n${app.output()}`)
    }, 5_000)

  beforeAll(async () => {
    collector = await startCollector()
    catalog = createCatalogFile(CATALOG)
    const port = await findFreePort()
    metricsUrl = `http://127.0.0.1:${port}/metrics`
    app = await startFixture('logs-app.mjs', {
      environment: {
        ...collector.env,
        OTEL_SERVICE_NAME: 'orders',
        OTEL_LOGS_EXPORTER: 'otlp',
        OTEL_BLRP_SCHEDULE_DELAY: '50',
        THROUGHLINE_CONSOLE: 'json',
        THROUGHLINE_CATALOG: catalog.path,
        THROUGHLINE_METRICS_PORT: String(port),
      },
    })
    const headers = {
      authorization: `Bearer ${SECRETS.authorization}`,
      cookie: `sid=${SECRETS.cookie}`,
    }
    for (const path of [
      `/items/7?token=${SECRETS.query}&mail=${SECRETS.mail}`,
      '/boom',
      `/${SECRETS.path}?token=${SECRETS.query}`,
      '/console',
    ]) {
      await (await fetch(app.url + path, { headers })).text()
    }
    await (await fetch(metricsUrl)).text()
    await waitForRequestLines(4)
    lines = linesOf(app.stdout())
  })
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]()
    catalog?.[Symbol.dispose]()
    await collector?.stop()
  })

  test('writes one line a request: its route, owner and caller, and the ids of its span', async () => {
    const written = lines.filter(isRequest)
    expect(Object.keys(written[0] ?? {})).toEqual(
      'time level msg service method route request_id status duration_ms actor team audience trace_id span_id trace_flags'.split(
        ' ',
      ),
    )
    const mine = { service: 'orders', method: 'GET', trace_flags: '01' }
    expect(written).toMatchObject([
      {
        ...mine,
        level: 'info',
        route: '/items/:id',
        status: 200,
        team: 'stock',
        audience: 'partner',
      },
      { ...mine, level: 'error', route: '/boom', status: 500, team: 'shop' },
      { ...mine, level: 'info', route: 'unmatched', status: 404 },
      { ...mine, level: 'info', route: '/console', status: 200 },
    ])
    for (const { trace_id: traceId, span_id: spanId } of written) {
      const trace = await collector.waitForTrace({ traceId: String(traceId) })
      expect(trace.roots[0]).toMatchObject({ kind: 'server', spanId })
    }
  })

  test('writes nothing that callers sent, and no secret that the application said', () => {
    const said =
      app.output() +
      JSON.stringify(collector.logs, (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      )
    for (const secret of Object.values(SECRETS)) expect(said).not.toContain(secret)
    expect(said).toContain('item of [redacted')
  })

  test("leaves out Fastify's lines about requests, and keeps those about errors", () => {
    const own = lines.filter(line => 'reqId' in line)
    expect(own).toMatchObject([
      {
        req: { method: 'GET', route: '/items/:id' },
        trace_id: lines.find(isRequest)?.['trace_id'],
      },
      { level: 50, err: { type: 'Error' } },
    ])
  })

  test('writes console as lines of JSON with the ids of the request, to the streams that it had', () => {
    const request = lines.filter(isRequest).at(-1)
    const ids = { trace_id: request?.['trace_id'], span_id: request?.['span_id'] }
    expect(lines.filter(({ msg }) => String(msg).startsWith('said'))).toMatchObject([
      {
        level: 'info',
        msg: 'said something of { nested: { deep: [ 1, 2 ] } }',
        service: 'orders',
        ...ids,
      },
    ])
    const errors = app
      .output()
      .split('\n')
      .filter(line => line.includes('went wrong'))
    expect(errors).toHaveLength(1)
    expect(JSON.parse(errors[0] ?? '')).toMatchObject({ level: 'error', ...ids })
    expect(app.stdout()).not.toContain('went wrong')
  })

  test('sends all of it by OTLP, with severity, trace and service', async () => {
    const [request] = lines.filter(isRequest)
    const ids = { traceId: request?.['trace_id'], spanId: request?.['span_id'], service: 'orders' }
    const bodies = (): unknown[] => collector.logs.map(({ body }) => body)
    await vi.waitFor(
      () => expect(bodies().filter(body => body === 'request')).toHaveLength(4),
      5_000,
    )
    const find = (start: string): unknown =>
      collector.logs.find(({ body }) => typeof body === 'string' && body.startsWith(start))
    expect(find('request')).toMatchObject({
      ...ids,
      severityText: 'info',
      severityNumber: 9,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/items/:id',
        'http.response.status_code': 200,
        'throughline.request.id': request?.['request_id'],
        team: 'stock',
      },
    })
    expect(find('item of')).toMatchObject({ ...ids, severityText: 'info' })
    expect(find('said something')).toMatchObject({ severityText: 'info', service: 'orders' })
    expect(find('Error: went wrong')).toMatchObject({ severityText: 'error', severityNumber: 17 })
  })

  test('what telemetry sends and serves is no request of it', async () => {
    expect(collector.spans.filter(({ kind }) => kind === 'client')).toEqual([])
    expect(await readMetric(metricsUrl, 'http_client_request_duration_seconds_count')).toBe(0)
    expect(linesOf(app.stdout()).filter(isRequest)).toHaveLength(4)
  })

  test('loses nothing when SIGTERM ends it', async () => {
    const from = collector.logs.length
    await (await fetch(`${app.url}/items/8`)).text()
    app.kill('SIGTERM')
    expect(await app.ended).toEqual({ code: null, signal: 'SIGTERM' })
    expect(linesOf(app.stdout()).filter(isRequest)).toHaveLength(5)
    expect(collector.logs.slice(from).map(({ body }) => body)).toContain('request')
  })
})

test('the last request before process.exit() has its line and its record', async () => {
  await using collector = await startCollector()
  await using app = await startFixture('logs-app.mjs', {
    environment: {
      ...collector.env,
      LOGGER: 'off',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BLRP_SCHEDULE_DELAY: '60000',
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    },
  })
  await fetch(`${app.url}/exit`).catch(() => undefined)
  expect(await app.ended).toEqual({ code: 3, signal: null })
  expect(linesOf(app.stdout())).toMatchObject([{ msg: 'request', route: '/exit' }])
  expect(collector.logs).toMatchObject([{ body: 'request', attributes: { 'http.route': '/exit' } }])
  expect(collector.spans).toHaveLength(1)
})

test('without lines of ours Fastify writes its own, redacted; logs that no collector takes are counted', async () => {
  const port = await findFreePort()
  await using app = await startFixture('logs-app.mjs', {
    environment: {
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_BLRP_SCHEDULE_DELAY: '10',
      OTEL_BLRP_EXPORT_TIMEOUT: '10',
      THROUGHLINE_REQUEST_LOG: 'off',
      THROUGHLINE_METRICS_PORT: String(port),
    },
  })
  await (await fetch(`${app.url}/items/7?token=${SECRETS.query}&mail=${SECRETS.mail}`)).text()
  const dropped = 'throughline_logs_dropped_total{reason="refused"}'
  await vi.waitFor(
    async () =>
      expect(await readMetric(`http://127.0.0.1:${port}/metrics`, dropped)).toBeGreaterThan(3),
    10_000,
  )
  const messages = linesOf(app.stdout()).map(({ msg }) => msg)
  expect(messages).toEqual(expect.arrayContaining(['incoming request', 'request completed']))
  expect(messages).not.toContain('request')
  expect(app.output()).not.toContain(SECRETS.query)
  expect(app.output()).not.toContain(SECRETS.mail)
  expect(app.output().match(/throughline: log records are lost/g)).toHaveLength(1)
})

/** A real pipe: what a process gets from a shell, from Docker and from most supervisors. */
function openPipe(): { writer: number; read(): string; closeReader(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-stdout-'))
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(path, constants.O_WRONLY)
  onTestFinished(() => {
    closeSync(writer)
    rmSync(folder, { recursive: true })
  })
  const buffer = Buffer.alloc(1 << 20)
  return {
    writer,
    read: () => buffer.toString('utf8', 0, readSync(reader, buffer)),
    closeReader: () => closeSync(reader),
  }
}

describe('a stdout that nobody reads', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  afterAll(() => agent.destroy())

  /** The status of a request and how long it took. */
  const request = async (url: string): Promise<{ status: number | undefined; ms: number }> => {
    const from = performance.now()
    const [answer] = (await once(get(url, { agent }), 'response')) as [IncomingMessage]
    await once(answer.resume(), 'end')
    return { status: answer.statusCode, ms: performance.now() - from }
  }

  test.for(['pipe', 'socket'])('costs lines and nothing else when it is a %s', async kind => {
    const pipe = kind === 'pipe' ? openPipe() : undefined
    const port = await findFreePort()
    await using app = await startFixture('logs-app.mjs', {
      stdout: pipe?.writer ?? 'unread',
      environment: {
        LOGGER: 'off',
        OTEL_TRACES_EXPORTER: 'none',
        // Lines of two kilobytes: the buffer is full after some five hundred.
        OTEL_SERVICE_NAME: 'x'.repeat(2_000),
        THROUGHLINE_METRICS_PORT: String(port),
      },
    })
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => request(`${app.url}/items/7`)),
    )
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    // All of them were sent at once: it is the whole that takes so long at most.
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(10_000)
    const dropped = 'throughline_logs_dropped_total{reason="buffer_full"}'
    expect(await readMetric(`http://127.0.0.1:${port}/metrics`, dropped)).toBeGreaterThan(100)
    expect(app.output().match(/throughline: log lines are lost/g)).toHaveLength(1)

    const from = performance.now()
    await request(`${app.url}/exit`).catch(() => undefined)
    expect(await app.ended).toEqual({ code: 3, signal: null })
    expect(performance.now() - from).toBeLessThan(2_500)
    if (pipe !== undefined) expect(linesOf(pipe.read()).length).toBeGreaterThan(10)
  })

  test('costs lines and nothing else when it is closed', async () => {
    const pipe = openPipe()
    const port = await findFreePort()
    await using app = await startFixture('logs-app.mjs', {
      stdout: pipe.writer,
      environment: {
        LOGGER: 'off',
        OTEL_TRACES_EXPORTER: 'none',
        THROUGHLINE_METRICS_PORT: String(port),
      },
    })
    pipe.closeReader()
    for (let sent = 0; sent < 20; sent += 1)
      expect(await request(`${app.url}/items/7`)).toMatchObject({ status: 200 })
    const dropped = 'throughline_logs_dropped_total{reason="closed"}'
    await vi.waitFor(
      async () => expect(await readMetric(`http://127.0.0.1:${port}/metrics`, dropped)).toBe(20),
      5_000,
    )
    expect(app.output()).toContain('log lines are lost: nobody reads stdout any more')
    app.kill('SIGTERM')
    expect(await app.ended).toEqual({ code: null, signal: 'SIGTERM' })
  })
})
