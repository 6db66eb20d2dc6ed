import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserIntake, startRuntime, type Telemetry } from '@throughline/node/runtime'
import '@throughline/testing/matchers'
import { startCollector, type Collector } from '@throughline/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { BrowserReport } from '../../src/client/report.ts'
import { createReportRoute, type ReportRoute } from '../../src/reports/report-route.ts'
import { ITEMS, makeReport, PAGE_SPAN_ID, TRACE_ID } from './report-samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-reports-'))
const catalog = join(folder, 'ownership.yaml')
writeFileSync(
  catalog,
  `version: 1
org: { defaultTeam: platform }
teams: { platform: { name: P }, billing: { name: B } }
services:
  web:
    kind: next
    roles: { productionFix: platform }
    routes:
      - { match: "GET /invoices/[id]", team: billing, audience: browser }
`,
)

let collector: Collector
let telemetry: Telemetry
let route: ReportRoute

const startTelemetry = (environment: Readonly<Record<string, string>> = {}): void => {
  telemetry = startRuntime({
    startedBy: 'the test',
    service: 'web',
    catalog,
    environment: {
      ...collector.env,
      THROUGHLINE_METRICS_PORT: '0',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http,undici',
      ...environment,
    },
  })
  route = createReportRoute(intake())
}

function intake(): NonNullable<ReturnType<typeof browserIntake>> {
  const found = browserIntake()
  if (found === undefined) throw new Error('telemetry does not run')
  return found
}

beforeAll(async () => {
  collector = await startCollector()
})
beforeEach(() => {
  collector.clear()
  startTelemetry()
})
afterEach(() => telemetry.shutdown())
afterAll(async () => {
  await collector.stop()
  rmSync(folder, { recursive: true })
})

interface Sent extends RequestInit {
  readonly headers?: Readonly<Record<string, string>>
}

const send = (body: string, { headers, ...init }: Sent = {}): Promise<Response> =>
  route(
    new Request('http://shop.example/api/telemetry', {
      method: 'POST',
      body,
      headers: {
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        ...headers,
      },
      ...init,
    }),
  )
const report = (given: Partial<BrowserReport> = {}): Promise<Response> =>
  send(JSON.stringify(makeReport(given)))

const countOf = async (name: string): Promise<string[]> =>
  (await telemetry.registry.metrics())
    .split('\n')
    .filter(line => line.startsWith(name) && !line.startsWith('#'))

/** A report of a page that has a trace of ours. */
const signed = (given: Partial<BrowserReport> = {}): Promise<Response> =>
  report({ signature: intake().pageSignature.sign({ traceId: TRACE_ID, traceFlags: 1 }), ...given })

test('a page that has a trace of ours goes on in it, below the span of the server', async () => {
  const answer = await signed()
  expect([answer.status, answer.headers.get('traceparent')]).toEqual([204, null])
  const tree = await collector.waitForTrace({ traceId: TRACE_ID, spans: 4 })
  const [load] = tree.spans.filter(({ name }) => name === 'page load')
  expect(load).toMatchObject({
    spanId: PAGE_SPAN_ID,
    parentSpanId: ITEMS.load.parent,
    kind: 'internal',
    service: 'web',
    team: 'billing',
    attributes: { 'throughline.next.kind': 'browser', 'url.path': '/invoices/3' },
    scope: { name: '@throughline/next/client' },
  })
  expect(load?.events.map(({ name }) => name)).toEqual([
    'domainLookupStart',
    'domainLookupEnd',
    'connectStart',
    'connectEnd',
    'requestStart',
    'responseStart',
    'responseEnd',
    'domContentLoadedEventEnd',
    'loadEventEnd',
  ])
  const { attributes: resource = {} } = load?.resource ?? {}
  expect(resource).toMatchObject({ 'service.name': 'web', 'telemetry.sdk.language': 'webjs' })
  expect(Object.keys(resource).filter(key => /^(process|host|os)\./.test(key))).toEqual([])
  expect(load?.children.map(({ name, kind }) => [name, kind]).toSorted()).toEqual([
    ['POST', 'client'],
    ['unhandled error', 'internal'],
    ['web vitals', 'internal'],
  ])
})

test('a call has its method, path, status and duration, and the owner of its route', async () => {
  await signed({ items: [ITEMS.call, { ...ITEMS.call, id: 'd'.repeat(16), status: 503 }] })
  const { spans } = await collector.waitForTrace({ traceId: TRACE_ID, spans: 2 })
  expect(spans.find(({ spanId }) => spanId === ITEMS.call.id)).toMatchObject({
    name: 'POST',
    durationMs: 120.5,
    status: 'unset',
    attributes: {
      'http.request.method': 'POST',
      'url.path': '/api/plan',
      'http.response.status_code': 200,
      'throughline.owner.unowned': 'unlisted',
    },
  })
  expect(spans.find(({ spanId }) => spanId === 'd'.repeat(16))).toMatchObject({
    status: 'error',
    attributes: { 'error.type': '503' },
  })
})

test('an error is an exception on a span, and is counted', async () => {
  await signed({ items: [ITEMS.error] })
  const { spans } = await collector.waitForTrace({ traceId: TRACE_ID })
  expect(spans[0]).toMatchObject({
    name: 'unhandled error',
    status: 'error',
    events: [
      {
        name: 'exception',
        attributes: {
          'exception.type': 'TypeError',
          'exception.message': 'x is not a function',
          'exception.stacktrace': ITEMS.error.stack,
        },
      },
    ],
  })
  expect(await countOf('throughline_browser_errors_total')).toEqual([
    'throughline_browser_errors_total{http_route="unmatched"} 1',
  ])
})

test('web vitals are measured by the route of the catalog, in seconds', async () => {
  await signed({ items: [ITEMS.vital, { ...ITEMS.vital, name: 'cls', value: 0.12 }] })
  await signed({ path: '/unknown/ada@acme.example', items: [ITEMS.vital] })
  const page = (await telemetry.registry.metrics()).split('\n')
  const name = 'throughline_web_vital_'
  expect(page).toEqual(
    expect.arrayContaining([
      `${name}duration_seconds_sum{http_route="/invoices/[id]",vital="lcp"} 0.75`,
      `${name}duration_seconds_sum{http_route="unmatched",vital="lcp"} 0.75`,
      `${name}layout_shift_ratio_sum{http_route="/invoices/[id]"} 0.12`,
    ]),
  )
  const { spans } = await collector.waitForTrace({ traceId: TRACE_ID, spans: 2 })
  expect(spans[0]?.events.map(event => event.attributes)).toEqual([
    { 'browser.web_vital.name': 'lcp', 'browser.web_vital.value': 750 },
    { 'browser.web_vital.name': 'cls', 'browser.web_vital.value': 0.12 },
  ])
})

test('a page without a trace is given one: not the one that it names, always the same, and signed', async () => {
  const answers = [await report(), await report()]
  const [given = ''] = answers.map(({ headers }) => headers.get('traceparent') ?? '')
  const [, traceId = '', spanId] = given.split('-')
  expect(given).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/)
  expect([traceId === TRACE_ID, spanId]).toEqual([false, PAGE_SPAN_ID])
  expect(answers[1]?.headers.get('traceparent')).toBe(given)
  const signature = answers[1]?.headers.get('tracestate')?.replace('throughline=', '') ?? ''
  expect(intake().pageSignature.check(signature, { traceId, traceFlags: 1 })).toBe('valid')

  const next = await report({ trace: `00-${traceId}-${PAGE_SPAN_ID}-01`, signature })
  expect(next.headers.get('traceparent')).toBeNull()
  await collector.waitForTrace({ traceId, spans: 12 })
  expect(collector.traces().map(tree => tree.traceId)).toEqual([traceId])
})

test.for([
  [
    'of another trace',
    (): string => intake().pageSignature.sign({ traceId: 'a'.repeat(32), traceFlags: 1 }),
  ],
  [
    'of a trace that is not sampled',
    (): string => intake().pageSignature.sign({ traceId: TRACE_ID, traceFlags: 0 }),
  ],
  ['that nobody made', (): string => `1.zzzzzzz.${'a'.repeat(43)}`],
] as const)('a signature %s writes into no trace but one of its own', async ([, sign]) => {
  expect((await report({ signature: sign() })).status).toBe(204)
  await collector.waitForTrace({ spans: 4 })
  expect(collector.traces().map(tree => tree.traceId)).not.toContain(TRACE_ID)
})

test('a page whose trace is not sampled makes no spans, and is measured', async () => {
  const signature = intake().pageSignature.sign({ traceId: TRACE_ID, traceFlags: 0 })
  await report({ trace: `00-${TRACE_ID}-${PAGE_SPAN_ID}-00`, signature })
  await telemetry.flush()
  expect(collector.spans).toEqual([])
  expect(await countOf('throughline_browser_errors_total')).toHaveLength(1)
})

test('whether the trace of a page that had none is sampled is for the sampler to say', async () => {
  await telemetry.shutdown()
  startTelemetry({ OTEL_TRACES_SAMPLER: 'parentbased_always_off' })
  const { headers } = await report()
  expect(headers.get('traceparent')).toMatch(/-00$/)
  await telemetry.flush()
  expect(collector.spans).toEqual([])
})

test('a page whose clock is wrong has happened when its report came', async () => {
  const before = Date.now()
  await signed({ sent: before - 86_400_000, items: [ITEMS.call] })
  const { spans } = await collector.waitForTrace({ traceId: TRACE_ID })
  expect(Math.abs((spans[0]?.startMs ?? 0) - (before - 2_000))).toBeLessThan(500)
})

test.for([
  [
    'cross_site',
    403,
    { headers: { 'sec-fetch-site': 'cross-site' } },
    JSON.stringify(makeReport()),
  ],
  [
    'content_type',
    415,
    { headers: { 'content-type': 'text/plain' } },
    JSON.stringify(makeReport()),
  ],
  ['content_type', 415, { headers: { 'content-type': 'application/jsonx' } }, '{}'],
  ['too_large', 413, {}, ' '.repeat(65_537)],
  ['malformed', 400, {}, ' '.repeat(65_536)],
  ['malformed', 400, {}, '{"v":1}'],
] as const)('%s is refused with %i, and counted', async ([reason, status, init, body]) => {
  expect((await send(body, init)).status).toBe(status)
  expect(await countOf('throughline_browser_reports_refused_total')).toEqual([
    `throughline_browser_reports_refused_total{reason="${reason}"} 1`,
  ])
  expect(collector.spans).toEqual([])
})

test('who reports too much is told to wait', async () => {
  const answers: Response[] = []
  for (let sent = 0; sent < 200 && answers.at(-1)?.status !== 429; sent += 1)
    answers.push(await send('{}'))
  const last = answers.at(-1)
  expect([last?.status, last?.headers.get('retry-after')]).toEqual([429, '1'])
  expect(answers.length).toBeGreaterThanOrEqual(120)
  expect(await countOf('throughline_browser_reports_refused_total')).toContain(
    'throughline_browser_reports_refused_total{reason="rate_limited"} 1',
  )
})
