import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import { findFreePort } from '@throughline-example/database'
import { readMetricsPage } from '@throughline/checks/metrics-page'
import {
  ATTR_THROUGHLINE_ACTOR,
  ATTR_THROUGHLINE_TRACE_RESTARTED,
  ATTR_URL_PATH,
  HEADER_THROUGHLINE_INTERNAL,
  METRIC_THROUGHLINE_TRACES_RESTARTED,
} from '@throughline/conventions'
import { startCollector, type Collector } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEcho, type Echo, type EchoService } from './echo-service.ts'
import { startFixture } from './fixture-app.ts'
import { createCatalogFile, type TemporaryCatalog } from './temporary-catalog.ts'
import { SECRETS, SHAPES, THEIRS, type Shape } from './trace-headers.ts'

const AUDIENCES = ['browser', 'public', 'partner', 'internal', 'admin', 'unlisted'] as const
type Audience = (typeof AUDIENCES)[number]

/** Routes on which even strangers are continued. */
const HOUSE: readonly Audience[] = ['internal', 'admin']

/** Environments of the application, by what tells its callers. */
const APPS = {
  secrets: { NODE_ENV: 'production', THROUGHLINE_INTERNAL_SECRET: SECRETS.join(',') },
  networks: { NODE_ENV: 'production', THROUGHLINE_INTERNAL_CIDRS: '10.0.0.0/8,127.0.0.1/32' },
  development: { THROUGHLINE_INTERNAL_SECRET: SECRETS.join(',') },
} as const

interface Caller {
  readonly name: string
  readonly app: keyof typeof APPS
  readonly headers?: OutgoingHttpHeaders
  readonly isInternal: boolean
  /** @default anonymous */
  readonly actor?: string
  /** Shapes that are tried. @default a few */
  readonly shapes?: readonly Shape[]
}

const secret = (value: string | string[]): OutgoingHttpHeaders => ({
  [HEADER_THROUGHLINE_INTERNAL]: value,
})
const named = (...names: string[]): Shape[] => SHAPES.filter(({ name }) => names.includes(name))
const FEW = named('no headers', 'a sampled trace', 'a page', 'a page of 16 minutes ago')

const CALLERS: readonly Caller[] = [
  { name: 'a stranger', app: 'secrets', isInternal: false, shapes: SHAPES },
  {
    name: 'a service with the secret',
    app: 'secrets',
    headers: secret(SECRETS[0]),
    isInternal: true,
    actor: 'internal',
    shapes: SHAPES,
  },
  {
    name: 'a service with the old secret',
    app: 'secrets',
    headers: secret(SECRETS[1]),
    isInternal: true,
    actor: 'internal',
  },
  {
    name: 'a stranger with a wrong secret',
    app: 'secrets',
    headers: secret(`${SECRETS[0]}x`),
    isInternal: false,
  },
  {
    name: 'a stranger who repeats a secret',
    app: 'secrets',
    headers: secret([SECRETS[0], SECRETS[0]]),
    isInternal: false,
  },
  {
    name: 'a stranger who claims an address of ours',
    app: 'secrets',
    headers: { 'x-forwarded-for': '127.0.0.1' },
    isInternal: false,
  },
  {
    name: 'a service in a network of ours',
    app: 'networks',
    isInternal: true,
    actor: 'internal',
    shapes: named('no headers', 'a sampled trace', 'a page of 16 minutes ago'),
  },
  // Its trace is continued, but it may as well be a browser.
  { name: 'a neighbour in development', app: 'development', isInternal: true },
  {
    name: 'somebody behind a proxy in development',
    app: 'development',
    headers: { 'x-forwarded-for': '203.0.113.7' },
    isInternal: false,
  },
]

const ROWS = CALLERS.flatMap((caller, at) =>
  (caller.shapes ?? FEW).map((shape, of) => ({ caller, shape, row: `${at}-${of}` })),
)

/** What the application answers: the headers as its code sees them, and as the next hop was sent them. */
interface Answer {
  readonly seen: IncomingHttpHeaders
  readonly raw: readonly string[]
  readonly hop: Echo
}

const answers = new Map<string, Answer>()
const spans = new Map<unknown, Collector['spans'][number]>()
const restarts: Record<string, number> = {}
let catalog: TemporaryCatalog
let echo: EchoService
let collector: Collector

const catalogFor = (port: number): string => `version: 1
org: { defaultTeam: platform }
teams: { platform: { name: Platform } }
services:
  api:
    kind: node
    routes:
${AUDIENCES.filter(audience => audience !== 'unlisted')
  .map(audience => `      - { match: "GET /${audience}/*", team: platform, audience: ${audience} }`)
  .join('\n')}
  next-hop: { kind: node, hosts: ["127.0.0.1:${port}"] }
`

async function ask(url: string, headers: OutgoingHttpHeaders): Promise<Answer> {
  const sent = request(url, { headers, agent: false }).end()
  const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream]
  return (await json(answer)) as Answer
}

/** Sends every row to its application, and waits until it has ended: by then all of its spans have been sent. */
async function fillTable(app: keyof typeof APPS): Promise<void> {
  const metricsPort = await findFreePort()
  await using started = await startFixture('trust-app.mjs', {
    environment: {
      ...collector.env,
      ...APPS[app],
      OTEL_SERVICE_NAME: 'api',
      THROUGHLINE_CATALOG: catalog.path,
      THROUGHLINE_METRICS_PORT: String(metricsPort),
      THROUGHLINE_REQUEST_LOG: 'off',
      HOP_URL: `http://127.0.0.1:${echo.port}/`,
    },
  })
  for (const { caller, shape, row } of ROWS.filter(asked => asked.caller.app === app)) {
    const asked = AUDIENCES.map(async audience => {
      const path = `/${audience}/${row}`
      answers.set(path, await ask(started.url + path, { ...shape.headers, ...caller.headers }))
    })
    await Promise.all(asked)
  }
  for (const { name, labels, value } of await readMetricsPage(
    `http://127.0.0.1:${metricsPort}/metrics`,
  )) {
    if (name !== METRIC_THROUGHLINE_TRACES_RESTARTED.name) continue
    restarts[`${app} ${labels['http_route']} ${labels['reason']}`] = value
  }
  started.kill('SIGTERM')
  await started.ended
}

beforeAll(async () => {
  echo = await startEcho()
  collector = await startCollector()
  catalog = createCatalogFile(catalogFor(echo.port))
  for (const app of Object.keys(APPS)) await fillTable(app as keyof typeof APPS)
  for (const span of collector.spans)
    if (span.kind === 'server') spans.set(span.attributes[ATTR_URL_PATH], span)
})
afterAll(async () => {
  catalog?.[Symbol.dispose]()
  await echo?.[Symbol.asyncDispose]()
  await collector?.stop()
})

/** What becomes of a trace that is brought: why it is restarted, if it is. */
function expectedRestart(caller: Caller, audience: Audience, shape: Shape): string | undefined {
  if (shape.brings === undefined || caller.isInternal || shape.page === 'valid') return undefined
  return HOUSE.includes(audience) ? undefined : (shape.page ?? 'untrusted')
}

describe.for(CALLERS)('$name', caller => {
  const rows = ROWS.filter(row => row.caller === caller).flatMap(({ shape, row }) =>
    AUDIENCES.map(audience => {
      const restarted = expectedRestart(caller, audience, shape)
      const outcome =
        shape.brings === undefined
          ? 'ignored'
          : restarted === undefined
            ? 'continued'
            : `restarted, ${restarted}`
      return { audience, shape, path: `/${audience}/${row}`, restarted, outcome, name: shape.name }
    }),
  )

  test.for(rows)('$audience: $name is $outcome', ({ path, shape, restarted }) => {
    const { seen, raw, hop } = answers.get(path) as Answer
    const continued = shape.brings !== undefined && restarted === undefined
    const sampled = !continued || shape.brings.sampled

    // On the wire to the next service.
    const [version, traceId, , flags] = String(hop.headers['traceparent']).split('-')
    expect(version).toBe('00')
    expect(flags).toBe(sampled ? '01' : '00')
    expect(traceId === THEIRS.traceId).toBe(continued)
    const state = continued ? shape.brings.state : ''
    expect(hop.headers['tracestate'] ?? '').toBe(state)
    expect(hop.headers['baggage']).toBeUndefined()

    // The secret is for us alone, sent to services of ours and not shown to the application.
    const [sent] = caller.app === 'networks' ? [undefined] : SECRETS
    expect(hop.headers[HEADER_THROUGHLINE_INTERNAL]).toBe(sent)
    expect(seen[HEADER_THROUGHLINE_INTERNAL]).toBeUndefined()
    for (const one of SECRETS) expect(raw.join('\n')).not.toContain(one)

    // In the collector. What is not sampled is not there.
    const span = spans.get(path)
    expect(span !== undefined).toBe(sampled)
    if (span === undefined) return
    expect(span.traceId).toBe(traceId)
    expect(span.parentSpanId).toBe(continued ? THEIRS.spanId : undefined)
    expect(span.traceState).toBe(state)
    expect(span.attributes[ATTR_THROUGHLINE_TRACE_RESTARTED]).toBe(restarted)
    expect(span.attributes[ATTR_THROUGHLINE_ACTOR]).toBe(caller.actor ?? 'anonymous')
    expect(span.links.map(link => [link.traceId, link.spanId, link.traceState])).toEqual(
      restarted === undefined ? [] : [[THEIRS.traceId, THEIRS.spanId, '']],
    )
  })
})

test('traces that were not continued are counted by route and reason, and no others', () => {
  const wanted: Record<string, number> = {}
  for (const { caller, shape } of ROWS) {
    for (const audience of AUDIENCES) {
      const reason = expectedRestart(caller, audience, shape)
      if (reason === undefined) continue
      const key = `${caller.app} /${audience}/:row ${reason}`
      wanted[key] = (wanted[key] ?? 0) + 1
    }
  }
  expect(restarts).toEqual(wanted)
})
