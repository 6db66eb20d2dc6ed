import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { readCatalog } from '@throughline/catalog'
import { readMetricsPage, type Sample } from '@throughline/checks/metrics-page'
import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureMemory, survivorsOf, type Process } from './e2e/processes.ts'
import { startDemo, type RunningDemo } from './e2e/running-demo.ts'
import type { JsonReport, JsonSpan } from './src/json-report.ts'
import { findPort } from './src/ports.ts'
import { signalGroup } from './src/service-process.ts'
import { EXAMPLES } from './src/stack.ts'
import { buildWeb } from './src/web-build.ts'

const WEB_PORT = 3000
const LARGEST_BYTES = 1.5 * 1024 ** 3

// Once for all runs, so that none of them takes its time.
beforeAll(() =>
  buildWeb({
    webFolder: join(EXAMPLES, 'web'),
    inputs: [join(EXAMPLES, '../packages/next/dist')],
    say: () => undefined,
    signal: new AbortController().signal,
  }),
)

/** Takes a port, unless somebody else has. */
async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
  })
  return server
}

async function expectNobodyLeft(family: readonly Process[]): Promise<void> {
  await expect.poll(() => survivorsOf(family), { timeout: 5_000 }).toEqual([])
}

/** The addresses that the demo tells, by service; those of metrics by `metrics of` it. */
const addressesOf = (demo: RunningDemo): Record<string, string> =>
  Object.fromEntries(
    [
      ...demo
        .said()
        .matchAll(/^ {2}([\w-]+) +(http:\/\/127\.0\.0\.1:\d+)(?:\/metrics)?(?: +of ([\w-]+))?/gm),
    ].map(([, name, url, service]) => [
      service === undefined ? `${name}` : `metrics of ${service}`,
      `${url}`,
    ]),
  )

const readReport = (demo: RunningDemo): JsonReport => JSON.parse(demo.stdout()) as JsonReport

describe('--once --json, after a run that was killed and with the port of the web app taken', () => {
  let left: readonly Process[] = []
  let demo: RunningDemo
  let family: readonly Process[]
  let report: JsonReport

  beforeAll(async () => {
    // From before the first run on, so that it is not that run which holds it.
    const other = await occupy(WEB_PORT)
    await using killed = startDemo()
    await killed.waitFor(/✓ page:/)
    const killedFamily = killed.processes()
    killed.signal('SIGKILL')
    await killed.ended
    left = survivorsOf(killedFamily)

    demo = startDemo('--once', '--json')
    await demo.waitFor(/ export:/)
    family = demo.processes()
    await demo.ended
    other.close()
    report = readReport(demo)
  })
  afterAll(async () => {
    await demo?.[Symbol.asyncDispose]()
    for (const { group } of survivorsOf(left)) signalGroup(group, 'SIGKILL')
  })

  test('what the killed run had left is ended, which is said', async () => {
    expect(left.length).toBeGreaterThanOrEqual(4)
    expect(demo.said()).toMatch(/^· cleaned up after \d+ killed runs?$/m)
    await expectNobodyLeft(left)
  })

  test('the web app moves to a port that is nobody else’s, which is said', () => {
    const [, moved] = /^· port 3000 is taken; web uses (\d+)$/m.exec(demo.said()) ?? []
    const page = report.scenarios[0]?.spans[0]
    expect(page?.attributes['server.port']).toBe(Number(moved))
    expect([3001, 3002, 3003]).not.toContain(Number(moved))
  })

  test('one JSON object is printed: every scenario, in order and kept', () => {
    expect(demo.stdout().trimEnd().split('\n')).toHaveLength(1)
    expect(report.schema).toBe(1)
    expect(report.scenarios.map(({ name, ok, problems }) => ({ name, ok, problems }))).toEqual(
      [
        'page',
        'route-handler',
        'server-action',
        'behind-proxy',
        'page-error',
        'route-error',
        'api-call',
        'api-error',
        'export',
        'report-job',
      ].map(name => ({ name, ok: true, problems: [] })),
    )
  })

  test('every scenario is a whole trace of its own', () => {
    for (const { name, traceId, spans } of report.scenarios) {
      const ids = spans.map(({ spanId }) => spanId)
      const parents = spans.flatMap(({ parentSpanId }) => parentSpanId ?? [])
      expect(traceId, name).toMatch(/^[\da-f]{32}$/)
      expect(new Set(spans.map(span => span.traceId)), name).toEqual(new Set([traceId]))
      expect(new Set(ids).size, name).toBe(ids.length)
      expect(ids, name).toEqual(expect.arrayContaining(parents))
      expect(parents, name).toHaveLength(spans.length - 1)
    }
    const traceIds = new Set(report.scenarios.map(({ traceId }) => traceId))
    expect(traceIds.size).toBe(report.scenarios.length)
  })

  test('every server and consumer span names a team of the catalog', () => {
    const catalog = readCatalog(join(EXAMPLES, 'ownership.yaml'), { expiry: 'ignore' })
    const teams = catalog.ok ? [...catalog.value.teams.keys()] : []
    const owned = report.scenarios
      .flatMap(({ spans }) => spans)
      .filter(({ kind }) => kind === 'server' || kind === 'consumer')
    expect(owned.length).toBeGreaterThan(report.scenarios.length)
    for (const { service, name, team } of owned) expect(teams, `${service} ${name}`).toContain(team)
  })

  test('the page goes through the web app, the partner API, the database and the payment service', () => {
    const spans = report.scenarios[0]?.spans ?? []
    /** The services that led to a span, the first one last. */
    const wayTo = (span: JsonSpan | undefined): string[] => {
      if (span === undefined) return []
      const before = wayTo(spans.find(({ spanId }) => spanId === span.parentSpanId))
      return before[0] === span.service ? before : [span.service, ...before]
    }
    const ways = (is: (span: JsonSpan) => boolean): string[][] => spans.filter(is).map(wayTo)
    expect(ways(({ attributes }) => attributes['db.system.name'] === 'postgresql')).toEqual(
      expect.arrayContaining([['web'], ['partner-api', 'web']]),
    )
    expect(ways(({ kind, team }) => kind === 'client' && team === 'billing')).toEqual([
      ['partner-api', 'web'],
    ])
  })

  test('it ends with code 0 and leaves nothing', async () => {
    expect(await demo.ended).toEqual({ code: 0, signal: null })
    await expectNobodyLeft(family)
  })
})

describe('a demo that stays up', () => {
  let demo: RunningDemo
  let report: JsonReport
  let addresses: Readonly<Record<string, string>>

  beforeAll(async () => {
    demo = startDemo('--json')
    await demo.waitFor(/Ctrl-C stops everything/)
    await demo.waitForLine()
    report = readReport(demo)
    addresses = addressesOf(demo)
  })
  afterAll(() => demo?.[Symbol.asyncDispose]())

  const readDurations = async (service: string): Promise<readonly Sample[]> =>
    (await readMetricsPage(`${addresses[`metrics of ${service}`]}/metrics`)).filter(({ name }) =>
      name.startsWith(METRIC_HTTP_SERVER_REQUEST_DURATION.name),
    )

  test.for(['web', 'partner-api'])(
    '/metrics of %s counts what was printed by route, with traces that were printed',
    async service => {
      const durations = await readDurations(service)
      const requests = Map.groupBy(
        report.scenarios
          .flatMap(({ spans }) => spans)
          .filter(span => span.kind === 'server' && span.service === service),
        span => JSON.stringify(labelsOf(span)),
      )
      expect(requests.size).toBeGreaterThan(3)
      for (const [labels, spans] of requests) {
        const samples = durations.filter(sample =>
          Object.entries(JSON.parse(labels) as Labels).every(
            ([name, value]) => sample.labels[name] === value,
          ),
        )
        const count = samples.find(({ name }) => name.endsWith('_count'))
        expect(count?.value, labels).toBe(spans.length)
        const exemplars = samples.flatMap(({ traceId }) => traceId ?? [])
        expect(exemplars.length, labels).toBeGreaterThan(0)
        const printed = spans.map(({ traceId }) => traceId)
        expect(printed, labels).toEqual(expect.arrayContaining(exemplars))
      }
    },
  )

  test('a request that is made meanwhile is printed as a trace, which /metrics leads to', async () => {
    const answer = await fetch(`${addresses['partner-api']}/v1/invoices/9`, {
      headers: { 'x-api-key': 'demo-partner-key' },
    })
    expect(answer.status).toBe(200)
    const printed = /Ctrl-C stops everything[^]*trace (\w{32}) · \d+ spans · partner-api\n/
    await demo.waitFor(printed)
    const [, traceId] = printed.exec(demo.said()) ?? []
    const exemplars = (await readDurations('partner-api')).map(sample => sample.traceId)
    expect(exemplars).toContain(traceId)
  })

  test('all its processes together take less than 1.5 GB', () => {
    const family = demo.processes()
    expect(family.length).toBeGreaterThan(6)
    const bytes = measureMemory(family)
    expect(bytes).toBeGreaterThan(100_000_000)
    expect(bytes).toBeLessThan(LARGEST_BYTES)
  })

  test('Ctrl-C ends it with code 0, leaves no process and frees every port', async () => {
    const family = demo.processes()
    demo.signal('SIGINT')
    expect(await demo.ended).toEqual({ code: 0, signal: null })
    await expectNobodyLeft(family)
    const ports = Object.values(addresses).map(url => Number(new URL(url).port))
    expect(ports).toHaveLength(8)
    for (const port of ports) expect(await findPort(port, new Set())).toBe(port)
  })
})

test('Ctrl-C while it starts ends what was started, and the exit code says so', async () => {
  await using demo = startDemo()
  await demo.waitFor(/starting web/)
  // PostgreSQL and its guardian, and the four services.
  const [{ pid } = { pid: 0 }] = demo.processes()
  const countStarted = (): number => demo.processes().filter(({ parent }) => parent === pid).length
  await expect.poll(countStarted, { timeout: 5_000 }).toBe(6)
  const family = demo.processes()
  demo.signal('SIGINT')
  expect(await demo.ended).toEqual({ code: 130, signal: null })
  await expectNobodyLeft(family)
})

type Labels = Readonly<Record<string, string>>

/** The labels of a request, as its span has them. */
const labelsOf = ({ attributes }: JsonSpan): Labels =>
  Object.fromEntries(
    METRIC_HTTP_SERVER_REQUEST_DURATION.labels.map(({ name, attribute = '' }) => {
      const value = attributes[attribute] ?? ''
      return [name, typeof value === 'string' ? value : JSON.stringify(value)]
    }),
  )
