import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { request, type IncomingHttpHeaders } from 'node:http'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  ATTR_THROUGHLINE_PROPAGATION,
  ATTR_URL_PATH,
  HEADER_THROUGHLINE_INTERNAL,
} from '@throughline/conventions'
import { startCollector, type Collector, type SpanNode } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CERTIFICATE, startEcho, type Echo, type EchoService } from './echo-service.ts'
import { startFixture, type FixtureApp } from './fixture-app.ts'
import { createCatalogFile, type TemporaryCatalog } from './temporary-catalog.ts'

const SECRET = 'the-secret-of-the-house'

/** What the application is told to do. */
interface Call {
  readonly by: 'fetch' | 'http' | 'https'
  readonly url: string
  /** Plain proxy that the call goes through. */
  readonly via?: { readonly host: string; readonly port: number }
  readonly headers?: Readonly<Record<string, string>> | readonly string[]
}

/** What became of it: the last request as it was received. */
type Outcome = Echo & { readonly status: number }

let plain: EchoService
let secure: EchoService
let collector: Collector
let catalog: TemporaryCatalog
const apps: Record<string, FixtureApp> = {}

const catalogFor = (ports: readonly number[]): string => `version: 1
org: { defaultTeam: platform }
teams: { platform: { name: Platform } }
services:
  api:
    kind: node
    routes: [{ match: "POST /call/*", team: platform, audience: internal }]
    dependencies: [{ host: partner.example.test, team: platform }]
  orders: { kind: node, hosts: [orders.example.test, "*.orders.example.test"] }
  web: { kind: next, hosts: [${ports.map(port => `"web.example.test:${port}"`).join(', ')}] }
  payments: { kind: external, hosts: [payments.example.test, pay.orders.example.test, localhost] }
`

beforeAll(async () => {
  ;[plain, secure, collector] = await Promise.all([
    startEcho(),
    startEcho('https'),
    startCollector(),
  ])
  catalog = createCatalogFile(catalogFor([plain.port, secure.port]))
  for (const [name, environment] of Object.entries({
    production: { NODE_ENV: 'production' },
    development: {},
  })) {
    apps[name] = await startFixture('trust-app.mjs', {
      environment: {
        ...collector.env,
        ...environment,
        OTEL_SERVICE_NAME: 'api',
        NODE_EXTRA_CA_CERTS: fileURLToPath(CERTIFICATE),
        THROUGHLINE_CATALOG: catalog.path,
        THROUGHLINE_INTERNAL_SECRET: SECRET,
        THROUGHLINE_PROPAGATE_TO: '*.allowed.example.test,Exact.example.test',
        THROUGHLINE_REQUEST_LOG: 'off',
      },
    })
  }
})
afterAll(async () => {
  for (const app of Object.values(apps)) await app[Symbol.asyncDispose]()
  catalog?.[Symbol.dispose]()
  for (const server of [plain, secure, collector]) await server?.[Symbol.asyncDispose]()
})

let asked = 0

/** Has the application make a call; gives what was received, and the spans of the calls that it made. */
async function make(
  call: Call,
  { app = 'production', headers = {} }: { app?: string; headers?: Record<string, string> } = {},
): Promise<{ outcome: Outcome; spans: readonly SpanNode[] }> {
  asked += 1
  const path = `/call/${asked}`
  const sent = request((apps[app] as FixtureApp).url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    agent: false,
  })
  sent.end(JSON.stringify(call))
  const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream]
  const outcome = (await json(answer)) as Outcome
  if (headers['traceparent']?.endsWith('00')) return { outcome, spans: [] }
  const trace = await collector.waitForTrace({
    spans: 2,
    until: ({ roots }) => roots.some(({ attributes }) => attributes[ATTR_URL_PATH] === path),
  })
  return { outcome, spans: trace.spans.filter(({ kind }) => kind === 'client') }
}

const urlOf = (by: Call['by'], host: string, scheme = by === 'https' ? 'https' : 'http'): string =>
  `${scheme}://${host}:${(scheme === 'https' ? secure : plain).port}/`

type Told = 'the trace and the secret' | 'the trace' | 'nothing'

function expectTold(headers: IncomingHttpHeaders, told: Told, spans: readonly SpanNode[]): void {
  const [span] = spans
  expect(headers['traceparent']).toBe(
    told === 'nothing' ? undefined : `00-${span?.traceId}-${span?.spanId}-01`,
  )
  expect(headers[HEADER_THROUGHLINE_INTERNAL]).toBe(
    told === 'the trace and the secret' ? SECRET : undefined,
  )
  expect(headers['tracestate']).toBeUndefined()
  expect(headers['baggage']).toBeUndefined()
  expect(span?.attributes[ATTR_THROUGHLINE_PROPAGATION]).toBe(
    told === 'nothing' ? 'withheld' : undefined,
  )
}

interface Host {
  readonly host: string
  readonly what: string
  readonly told: Told
  /** @default production */
  readonly app?: string
}

const HOSTS: readonly Host[] = [
  { host: 'orders.example.test', what: 'a service', told: 'the trace and the secret' },
  { host: 'ORDERS.Example.Test', what: 'a service', told: 'the trace and the secret' },
  { host: 'eu.orders.example.test', what: 'a wildcard', told: 'the trace and the secret' },
  { host: 'web.example.test', what: 'a service by port', told: 'the trace and the secret' },
  { host: 'payments.example.test', what: 'an external service', told: 'nothing' },
  { host: 'pay.orders.example.test', what: 'external below a wildcard', told: 'nothing' },
  { host: 'partner.example.test', what: 'a dependency', told: 'nothing' },
  { host: 'other.example.test', what: 'nobody', told: 'nothing' },
  { host: 'orders.example.test.evil.example.test', what: 'nobody', told: 'nothing' },
  { host: 'eu.allowed.example.test', what: 'an allowed wildcard', told: 'the trace' },
  { host: 'allowed.example.test', what: 'not below the wildcard', told: 'nothing' },
  { host: 'exact.example.test', what: 'allowed', told: 'the trace' },
  { host: '127.0.0.1', what: 'loopback', told: 'nothing' },
  { host: '127.0.0.1', what: 'loopback', told: 'the trace', app: 'development' },
  { host: 'localhost', what: 'external', told: 'nothing', app: 'development' },
  { host: 'other.example.test', what: 'nobody', told: 'nothing', app: 'development' },
]

interface Row extends Required<Host> {
  readonly by: Call['by']
  readonly scheme: string
}

const CALLS: readonly Row[] = HOSTS.flatMap(host => {
  const row = { app: 'production', ...host }
  const plainly = (['fetch', 'http'] as const).map(by => ({ ...row, by, scheme: 'http' }))
  // The certificate is for names.
  if (!host.host.toLowerCase().endsWith('.example.test')) return plainly
  return [...plainly, ...(['fetch', 'https'] as const).map(by => ({ ...row, by, scheme: 'https' }))]
})

// All at once, since of each one waits until no further span comes.
describe('hosts', () => {
  const made = new Map<Row, Awaited<ReturnType<typeof make>>>()
  beforeAll(async () => {
    const making = CALLS.map(async row => {
      const { by, host, scheme, app } = row
      made.set(row, await make({ by, url: urlOf(by, host, scheme) }, { app }))
    })
    await Promise.all(making)
  })

  test.for(CALLS)('in $app, $host ($what) is told $told by $by to $scheme', row => {
    const { outcome, spans } = made.get(row) ?? { outcome: { headers: {} }, spans: [] }
    expect(spans).toHaveLength(1)
    expectTold(outcome.headers, row.told, spans)
  })
})

test('each hop of a redirect is judged by its own host', async () => {
  const to = urlOf('fetch', 'other.example.test')
  const { spans } = await make({
    by: 'fetch',
    url: `${urlOf('fetch', 'orders.example.test')}?to=${encodeURIComponent(to)}`,
  })
  const [first, second] = plain.received.slice(-2)
  expect(spans).toHaveLength(2)
  expectTold(first?.headers ?? {}, 'the trace and the secret', spans.slice(0, 1))
  expectTold(second?.headers ?? {}, 'nothing', spans.slice(1))
})

test.for<{ host: string; told: Told }>([
  { host: 'orders.example.test', told: 'the trace and the secret' },
  { host: 'other.example.test', told: 'nothing' },
])('through a plain proxy it is the real host, $host, that decides', async ({ host, told }) => {
  const url = urlOf('http', host)
  const via = { host: '127.0.0.1', port: plain.port }
  const { outcome, spans } = await make({ by: 'http', url, via })
  expect(outcome.path).toBe(url)
  expectTold(outcome.headers, told, spans)
})

test.for(['fetch', 'http'] as const)(
  'trace headers that an application passes on by %s are replaced where ours go, and left alone elsewhere',
  async by => {
    const theirs = { traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`, tracestate: 'a=1' }
    const replaced = await make({
      by,
      url: urlOf(by, 'orders.example.test'),
      headers: { ...theirs, 'x-other': 'kept' },
    })
    expectTold(replaced.outcome.headers, 'the trace and the secret', replaced.spans)
    expect(replaced.outcome.headers['x-other']).toBe('kept')
    const kept = await make({ by, url: urlOf(by, 'other.example.test'), headers: theirs })
    expect(kept.outcome.headers).toMatchObject(theirs)
    expect(kept.spans[0]?.attributes[ATTR_THROUGHLINE_PROPAGATION]).toBe('withheld')
  },
)

test('what is not sampled is judged alike', async () => {
  const headers = { traceparent: `00-${'e'.repeat(32)}-${'f'.repeat(16)}-00` }
  for (const by of ['fetch', 'http', 'https'] as const) {
    const sent = await make({ by, url: urlOf(by, 'orders.example.test') }, { headers })
    expect(sent.outcome.headers['traceparent']).toMatch(/^00-e{32}-[0-9a-f]{16}-00$/)
    const withheld = await make({ by, url: urlOf(by, 'other.example.test') }, { headers })
    expect(withheld.outcome.headers['traceparent']).toBeUndefined()
  }
})

test('headers that are given to node:http as a list arrive as they are', async () => {
  const { outcome } = await make({
    by: 'http',
    url: urlOf('http', 'other.example.test'),
    headers: ['x-one', '1', 'x-two', '2'],
  })
  expect(outcome.headers).toMatchObject({ 'x-one': '1', 'x-two': '2' })
})

test.for(['http', 'https'] as const)(
  'a request that is signed over all of its headers stays valid by %s',
  async by => {
    const url = urlOf(by, 'partner.example.test')
    const signed = { host: new URL(url).host, 'x-date': '20261124T000000Z', connection: 'close' }
    const sign = (headers: object): string =>
      createHmac('sha256', 'key')
        .update(JSON.stringify(Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1))))
        .digest('hex')
    const { outcome } = await make({ by, url, headers: { ...signed, authorization: sign(signed) } })
    const { authorization, ...received } = outcome.headers
    expect(received).toEqual(signed)
    expect(authorization).toBe(sign(received))
  },
)
