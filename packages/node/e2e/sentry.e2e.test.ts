import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { startTestDatabase } from '@throughline-example/database'
import { messageOf, startSentrySink, type SentrySink } from '@throughline/checks/sentry-sink'
import { startCollector, type Collector } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startFixture, type FixtureApp, type FixtureOptions } from './fixture-app.ts'
import { startStub, type StubService } from './stub-service.ts'
import { createCatalogFile, type TemporaryCatalog } from './temporary-catalog.ts'

const CATALOG = `version: 1
org: { defaultTeam: platform }
teams: { shop: { name: Shop }, users: { name: Users }, data: { name: Data }, platform: { name: Platform } }
services:
  api:
    kind: node
    roles: { productionFix: shop }
    routes:
      - { match: "GET /users/:id/fail", team: users, audience: partner, work: request }
    queues: [{ name: reports, team: data }]
`

let database: Awaited<ReturnType<typeof startTestDatabase>>
let catalog: TemporaryCatalog
let collector: Collector
let stub: StubService
let sink: SentrySink
beforeAll(async () => {
  database = await startTestDatabase()
  catalog = createCatalogFile(CATALOG)
  collector = await startCollector()
  stub = await startStub()
  sink = await startSentrySink()
})
afterAll(async () => {
  await sink?.[Symbol.asyncDispose]()
  await stub?.[Symbol.asyncDispose]()
  await collector?.stop()
  catalog?.[Symbol.dispose]()
  await database?.stop()
})

/** Starts sentry-app.mjs, with the imports in front of ours. */
function start(
  environment: Readonly<Record<string, string>>,
  first: readonly string[] = [],
  options: Partial<FixtureOptions> = {},
): Promise<FixtureApp> {
  return startFixture('sentry-app.mjs', {
    home: 'fixture-neighbours',
    imports: [...first, '@throughline/node/register'],
    ...options,
    environment: {
      ...collector.env,
      OTEL_SERVICE_NAME: 'api',
      THROUGHLINE_CATALOG: catalog.path,
      THROUGHLINE_REQUEST_LOG: 'off',
      STUB_URL: stub.url,
      ...environment,
    },
  })
}

const OVERRULED = 'throughline: Sentry sends no spans beside Throughline'
const SET_UP = 'throughline: Sentry tried to trace this process, too'

/** Who starts Sentry, and how. `DSN` stands for the address of the sink. */
interface Starter {
  readonly name: string
  readonly environment: Readonly<Record<string, string>>
  readonly first?: readonly string[]
  /** How many users fail at once. */
  readonly users: number
  /** How many of their errors arrive at least: Sentry of itself drops what is more than 64 on their way. */
  readonly arrive: number
  /** What is said of options that do not go together with us. */
  readonly says: readonly string[]
}

const STARTERS: readonly Starter[] = [
  {
    name: 'we start it',
    environment: { SENTRY_DSN: 'DSN', SENTRY_APP: 'uses' },
    users: 1_000,
    arrive: 1_000,
    says: [],
  },
  {
    name: 'the application starts it after us, with the same DSN',
    environment: { SENTRY_DSN: 'DSN', SENTRY_APP: '{}' },
    users: 100,
    arrive: 50,
    says: [],
  },
  {
    name: 'the application starts it after us, with tracing and a set-up of OpenTelemetry',
    environment: {
      SENTRY_APP: '{ "dsn": "DSN", "tracesSampleRate": 1, "enableOpenTelemetrySetup": true }',
    },
    users: 1_000,
    arrive: 100,
    says: [SET_UP, OVERRULED],
  },
  {
    name: 'the application started it before us, with tracing',
    environment: { SENTRY_FIRST: '{ "dsn": "DSN", "tracesSampleRate": 1 }', SENTRY_APP: 'uses' },
    first: ['./sentry-first.mjs'],
    users: 100,
    arrive: 50,
    says: [OVERRULED],
  },
]

describe.for(STARTERS)('where $name', ({ environment, first, users, arrive, says }) => {
  let app: FixtureApp
  beforeAll(async () => {
    sink.clear()
    collector.clear()
    const given = Object.entries({ ...environment, DATABASE_URL: database.url })
    const named = given.map(([name, value]) => [name, value.replace('DSN', sink.dsn)])
    app = await start(Object.fromEntries(named) as Record<string, string>, first)
  })
  afterAll(() => app?.[Symbol.asyncDispose]())

  test('an error of a route arrives once, with its span, its team and its user, and an answer below 500 is none', async () => {
    expect((await fetch(`${app.url}/refuse`)).status).toBe(403)
    expect((await fetch(`${app.url}/users/7/fail`)).status).toBe(500)
    const [event] = await sink.waitFor('user 7 failed')
    const trace = await collector.waitForTrace({ root: 'GET /users/:id/fail' })
    expect(event).toMatchObject({
      transaction: 'GET /users/:id/fail',
      tags: { team: 'users', 'throughline.audience': 'partner', user: '7' },
      user: { id: '7' },
      contexts: { trace: { trace_id: trace.traceId, span_id: trace.roots[0]?.spanId } },
    })
    expect(sink.events.map(messageOf)).toEqual(['user 7 failed'])
  })

  test('what is told by the application itself has the span and the team as well', async () => {
    await fetch(`${app.url}/nested`)
    const [event] = await sink.waitFor('told by the application')
    const trace = await collector.waitForTrace({ root: 'GET /nested' })
    expect(event).toMatchObject({
      transaction: 'GET /nested',
      tags: { team: 'shop', inner: 'yes' },
      contexts: { trace: { trace_id: trace.traceId, span_id: trace.roots[0]?.spanId } },
    })
    const [message] = await sink.waitFor('a message of')
    expect(message?.tags).not.toHaveProperty('inner')
  })

  test('a job that fails is an error of the team of its queue, and knows nothing of who sent it', async () => {
    await fetch(`${app.url}/reports/9`, { method: 'POST' })
    const [event] = await sink.waitFor('report of 9 failed')
    const trace = await collector.waitForTrace({ containing: ['process reports'] })
    const job = trace.spans.find(({ name }) => name === 'process reports')
    expect(event).toMatchObject({
      transaction: 'process reports',
      tags: { team: 'data', user: '9' },
      contexts: { trace: { trace_id: trace.traceId, span_id: job?.spanId } },
    })
    expect(event?.tags).not.toHaveProperty('sender')
    expect(sink.events.filter(({ transaction }) => transaction === 'process reports')).toHaveLength(
      1,
    )
  })

  test('nothing that is redacted elsewhere reaches Sentry', async () => {
    await fetch(`${app.url}/secret?mail=somebody@example.com`, {
      headers: { cookie: 'session=somebody', 'x-mail': 'somebody@example.com' },
    })
    const [event] = await sink.waitFor('no mail to')
    expect(event?.exception?.values.map(({ value }) => value)).toEqual([
      '[redacted:email] is unknown',
      'no mail to [redacted:email]',
    ])
    expect(sink.text()).not.toContain('somebody')
  })

  test(`of ${users} users who fail at the same time none has the tags of another`, async () => {
    sink.clear()
    const ids = Array.from({ length: users }, (_, id) => id)
    await Promise.all(ids.map(id => fetch(`${app.url}/users/${id}/fail?ms=${(id * 37) % 500}`)))
    const events = await sink.waitFor(' failed', arrive)
    for (const event of events) {
      const [, id] = /^user (\d+) failed$/.exec(messageOf(event)) ?? []
      expect(event).toMatchObject({ tags: { user: id, team: 'users' }, user: { id } })
    }
    const traces = new Set(events.map(({ contexts }) => contexts.trace.trace_id))
    expect(traces.size).toBe(events.length)
  })

  test('calls carry no headers of Sentry, and there are no spans by it or of it', async () => {
    await (await fetch(`${app.url}/call`)).text()
    const headers = stub.seen.flatMap(seen => Object.keys(seen))
    expect(headers.length).toBeGreaterThan(0)
    expect(headers).not.toContain('sentry-trace')
    expect(headers).not.toContain('baggage')
    const trace = await collector.waitForTrace({ root: 'GET /call', spans: 2 })
    expect(trace.spans.map(({ name }) => name)).toEqual(['GET /call', 'GET'])
    const calls = collector.spans.map(({ attributes }) => JSON.stringify(attributes['url.full']))
    expect(calls.filter(url => url?.includes('/envelope/'))).toEqual([])
    expect(sink.types).not.toContain('span')
    expect(sink.types).not.toContain('transaction')
  })

  test('what does not go together with us is said, with the mend, and nothing else is', () => {
    const said = app
      .output()
      .split('\n')
      .filter(line => line.startsWith('throughline: Sentry'))
    expect(said).toEqual(says.map(words => expect.stringContaining(words)))
    expect(app.output()).not.toContain('called more than once')
  })

  test('SIGTERM sends the last error first', async () => {
    sink.clear()
    await fetch(`${app.url}/users/last/fail`)
    app.kill('SIGTERM')
    expect(await app.ended).toEqual({ code: null, signal: 'SIGTERM' })
    await sink.waitFor('user last failed')
  })
})

test('without a DSN no module of Sentry is loaded', async () => {
  await using app = await start({}, ['./list-modules.mjs'])
  expect((await fetch(`${app.url}/users/1/fail`)).status).toBe(500)
  expect(await (await fetch(`${app.url}/modules`)).json()).toEqual({ loaded: [], carrier: false })
})

test('a DSN without Sentry is said, and the application serves', async () => {
  await using app = await startFixture('signals-app.mjs', {
    environment: { OTEL_TRACES_EXPORTER: 'none', SENTRY_DSN: sink.dsn },
  })
  expect((await fetch(app.url)).status).toBe(200)
  expect(app.output()).toMatch(
    /throughline: SENTRY_DSN is set, and \S+ has neither @sentry\/node nor @sentry\/nextjs/,
  )
})

test('what nobody catches is told, and ends the process as it would without Sentry', async () => {
  sink.clear()
  const environment = { SENTRY_DSN: sink.dsn, SENTRY_TRACES_SAMPLE_RATE: '1' }
  await using listens = await start({ ...environment, LISTENS_TO_REJECTIONS: '1' })
  await fetch(`${listens.url}/reject`)
  const [rejection] = await sink.waitFor('left alone')
  expect(rejection?.tags).toMatchObject({ team: 'shop' })
  expect((await fetch(`${listens.url}/call`)).status).toBe(200)
  await fetch(`${listens.url}/crash`)
  expect(await listens.ended).toEqual({ code: 1, signal: null })
  const [crash] = await sink.waitFor('crashed')
  expect(crash).toMatchObject({ level: 'fatal', tags: { team: 'shop' } })
  expect(listens.output()).toContain(OVERRULED)
  expect(sink.types.filter(type => type !== 'client_report')).toEqual(['event', 'event'])

  sink.clear()
  await using app = await start(environment)
  await fetch(`${app.url}/reject`)
  expect(await app.ended).toEqual({ code: 1, signal: null })
  await sink.waitFor('left alone')
})

test('a Sentry that never answers delays the end by no more than a second', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  await using app = await start({ SENTRY_DSN: `http://public@127.0.0.1:${port}/1` })
  expect((await fetch(`${app.url}/users/1/fail`)).status).toBe(500)
  const from = performance.now()
  app.kill('SIGTERM')
  expect(await app.ended).toEqual({ code: null, signal: 'SIGTERM' })
  // One second is the promise; the rest is for a busy machine to notice that the process is gone.
  expect(performance.now() - from).toBeLessThan(2_500)
})
