import { join } from 'node:path'
import { startTestDatabase } from '@throughline-example/database'
import { readMetricsPage, type Sample } from '@throughline/checks/metrics-page'
import { METRIC_PROCESS_RESIDENT_MEMORY } from '@throughline/conventions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom, type Random } from '../../../packages/otlp/test/random.ts'
import { makeRequest } from './fuzz/random-request.ts'
import { sendAll, type Outcomes } from './fuzz/send-all.ts'
import { startStrictCollector, type StrictCollector } from './fuzz/strict-collector.ts'
import { EXAMPLES, NEXT } from '../src/stack.ts'
import { startExample, type RunningExample } from '../src/start-example.ts'
import { buildWeb } from '../src/web-build.ts'

const REQUESTS = 10_000
const WARM_UP_REQUESTS = 1_500
const AT_ONCE = 16
const MAX_SERIES = 200
/** What a process may hold more than after the first requests: caches fill, and a heap is not swept at once. */
const MAX_GROWTH_BYTES = 160 * 1024 ** 2

interface Target {
  readonly name: string
  readonly args?: readonly string[]
  readonly readyPath?: string
  readonly paths: readonly string[]
}

const TARGETS: readonly Target[] = [
  {
    name: 'partner-api',
    paths: ['/v1/invoices', '/v1/invoices/3', '/v1/reports', '/v1/reports/1', '/health'],
  },
  { name: 'report-worker', paths: ['/health', '/'] },
  {
    name: 'web',
    args: [NEXT, 'start', '-H', '127.0.0.1'],
    readyPath: '/api/health',
    paths: [
      '/',
      '/sign-in',
      '/invoices',
      '/invoices/3',
      '/settings',
      '/admin',
      '/api/session',
      '/api/billing/plan',
      '/api/billing/preview',
      '/api/invoices/export',
      '/api/telemetry',
      '/_next/static/x.js',
    ],
  },
]

let undo: AsyncDisposableStack
let collector: StrictCollector
let environment: Readonly<Record<string, string>>

beforeAll(async () => {
  undo = new AsyncDisposableStack()
  await buildWeb({
    webFolder: join(EXAMPLES, 'web'),
    inputs: [join(EXAMPLES, '../packages/next/dist')],
    say: () => undefined,
    signal: new AbortController().signal,
  })
  collector = undo.use(await startStrictCollector())
  const { url } = undo.use(await startTestDatabase())
  const payments = undo.use(await startExample({ name: 'payments', args: ['src/main.ts'] }))
  environment = {
    ...collector.env,
    DATABASE_URL: url,
    PAYMENTS_URL: payments.url,
    NODE_ENV: 'production',
    THROUGHLINE_METRICS_MAX_SERIES: String(MAX_SERIES),
  }
})

afterAll(() => undo.disposeAsync())

test.for(TARGETS)(
  `$name stands ${REQUESTS} random requests`,
  { timeout: 240_000 },
  async ({ name, paths, ...command }) => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)
    const random = createRandom(seed)
    await using app = await startExample({ name, environment, ...command })
    const where = `seed ${seed} (FUZZ_SEED repeats it)`
    const before = collector.count()

    await sendAll(portOf(app), makeRequests(WARM_UP_REQUESTS, random, paths), AT_ONCE)
    const memoryBefore = await readMemory(app)
    const outcomes = await sendAll(
      portOf(app),
      makeRequests(REQUESTS - WARM_UP_REQUESTS, random, paths),
      AT_ONCE,
    )
    const page = await readMetricsPage(app.metricsUrl)

    expect([...outcomes.keys()], where).not.toContain('refused')
    expect(outcomes.get('no answer') ?? 0, where).toBe(0)
    expect(countAnswers(outcomes), where).toBeGreaterThan(REQUESTS / 2)
    const healthy = await fetch(app.url + (command.readyPath ?? '/health'))
    expect(healthy.status, where).toBe(200)
    expect((await readMemory(app)) - memoryBefore, where).toBeLessThan(MAX_GROWTH_BYTES)
    expect(largestMetric(page), where).toBeLessThanOrEqual(MAX_SERIES)
    const ending = await app.stop()
    expect(ending.signal ?? ending.code, `${where}\n${app.output()}`).toBeOneOf(['SIGTERM', 0, 143])
    expect(collector.count(), where).toBeGreaterThan(before)
    expect(collector.complaints, where).toEqual([])
  },
)

const portOf = ({ url }: RunningExample): number => Number(new URL(url).port)

const makeRequests = (count: number, random: Random, paths: readonly string[]): Buffer[] =>
  Array.from({ length: count }, () => makeRequest(random, paths))

async function readMemory({ metricsUrl }: RunningExample): Promise<number> {
  const page = await readMetricsPage(metricsUrl)
  return page.find(({ name }) => name === METRIC_PROCESS_RESIDENT_MEMORY.name)?.value ?? 0
}

function countAnswers(outcomes: Outcomes): number {
  return [...outcomes].reduce(
    (sum, [outcome, count]) => (/^\d/.test(outcome) ? sum + count : sum),
    0,
  )
}

/** How many series the metric with most has; the buckets of a histogram are one series. */
function largestMetric(page: readonly Sample[]): number {
  const counts = new Map<string, number>()
  for (const { name } of page) {
    if (!name.endsWith('_bucket')) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Math.max(...counts.values())
}
