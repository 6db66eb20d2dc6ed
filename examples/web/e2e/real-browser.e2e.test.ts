import { startChromium } from '@throughline/checks/chromium'
import '@throughline/testing/matchers'
import type { SpanPattern, TraceTree } from '@throughline/testing'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { readValues } from '../../demo/src/metric-values.ts'
import { startForeignSite } from './foreign-site.ts'
import { startApp, type RunningApp } from './running-app.ts'

const BROWSER = { 'throughline.next.kind': 'browser' } as const
const LOAD: SpanPattern = { service: 'web', name: 'page load', attributes: BROWSER }
const call = (method: string, path: string): SpanPattern => ({
  service: 'web',
  kind: 'client',
  name: method,
  attributes: { ...BROWSER, 'url.path': path },
})

let app: RunningApp
let browser: Browser
/** A visitor who is signed in. */
let visitor: BrowserContext
let page: Page

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production')
  app = await startApp()
  browser = await startChromium()
  visitor = await browser.newContext()
  page = await visitor.newPage()
  await page.goto(`${app.url}/sign-in`)
  await page.fill('input[name=email]', 'ada@acme.example')
  await page.fill('input[name=password]', 'demo-password')
  await page.click('button[type=submit]')
  await page.waitForURL('**/invoices')
  await leave(page)
})

afterAll(async () => {
  await browser?.close()
  await app?.[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

/** Leaves a page, so that it sends what it has gathered. */
const leave = (left: Page): Promise<unknown> => left.goto('about:blank')

const traceOf = (containing: readonly string[], path: string): Promise<TraceTree> =>
  app.collector.waitForTrace({
    containing,
    until: ({ spans }) =>
      spans.some(span => span.name === 'page load' && span.attributes['url.path'] === path),
  })

beforeEach(() => app.collector.clear())

test('reports make no trace and no line in the log themselves', async () => {
  await page.goto(app.url)
  await leave(page)
  await traceOf(['page load'], '/')
  const reports = app.collector.spans.filter(
    ({ kind, attributes }) => kind === 'server' && attributes['url.path'] === '/api/telemetry',
  )
  expect(reports).toEqual([])
  expect(app.output()).not.toContain('"route":"/api/telemetry"')
})

test('a page is one trace from its load in the browser to the partner API and PostgreSQL', async () => {
  await page.goto(`${app.url}/invoices/3`)
  // The library that measures comes after the page.
  await page.waitForLoadState('networkidle')
  await leave(page)
  const trace = await traceOf(['GET /v1/invoices/:id', 'page load', 'web vitals'], '/invoices/3')
  expect(trace.roots).toHaveLength(1)
  expect(trace).toHaveNoOrphans()
  expect(trace).toNameTeams()
  expect(trace).toContainPath(['web GET /invoices/[id]', LOAD])
  expect(trace).toContainPath([
    'web render route (app) /invoices/[id]',
    'web GET',
    'partner-api GET /v1/invoices/:id',
    'partner-api pg.query:SELECT app',
  ])
  const load = trace.spans.find(({ name }) => name === 'page load')
  expect(load?.resource.attributes['telemetry.sdk.language']).toBe('webjs')
  expect(load?.team).toBe('billing')
  // It began before the server was asked, and ended after it had answered.
  const [root] = trace.roots
  expect(load?.startMs).toBeLessThanOrEqual((root?.startMs ?? 0) + 5)
  expect(load?.events.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['responseStart', 'domContentLoadedEventEnd', 'loadEventEnd']),
  )
})

test('a click is in the trace of its page, down to the handler and what it does', async () => {
  await page.goto(`${app.url}/settings`)
  const [, other] = await page.locator('input[name=plan]:not(:checked)').all()
  await other?.check()
  await page.getByRole('button', { name: 'Change plan' }).click()
  await page.getByText('Your payment is').waitFor()
  await leave(page)
  const trace = await traceOf(['POST /api/billing/plan', 'page load', 'POST'], '/settings')
  expect(trace).toHaveNoOrphans()
  expect(trace).toContainPath([
    'web GET /settings',
    LOAD,
    call('POST', '/api/billing/plan'),
    'web POST /api/billing/plan',
    'web pg.query:INSERT app',
  ])
})

test('going on to another page without loading it stays in the trace', async () => {
  await page.goto(`${app.url}/invoices`)
  await page.locator('a[href="/invoices/3"]').first().click()
  await page.waitForURL('**/invoices/3')
  await page.getByText('Acme Books').waitFor()
  await leave(page)
  const trace = await traceOf(['GET /invoices/[id]', 'page load', 'GET'], '/invoices')
  expect(trace).toContainPath([
    'web GET /invoices',
    LOAD,
    call('GET', '/invoices/3'),
    'web GET /invoices/[id]',
    'partner-api GET /v1/invoices/:id',
  ])
})

test('two visitors of a page that is kept for everybody have two traces, and what each does is in their own', async () => {
  app.collector.clear()
  const visits = await Promise.all(
    ['grace', 'joan'].map(async name => {
      await using context = await browser.newContext()
      const own = await context.newPage()
      const given = own.waitForResponse('**/api/telemetry')
      await own.goto(`${app.url}/sign-up`)
      expect(await own.locator('meta[name=traceparent]').count()).toBe(0)
      await given
      await own.fill('input[name=name]', name)
      await own.fill('input[name=email]', `${name}@acme.example`)
      await own.fill('input[name=password]', 'a long password')
      await own.click('button[type=submit]')
      await own.waitForURL('**/invoices')
      return name
    }),
  )
  const traces = await vi.waitFor(() => {
    const found = app.collector
      .traces()
      .filter(({ spans }) => spans.some(({ name }) => name === 'POST /api/signup'))
    for (const trace of found)
      expect(trace).toContainPath([LOAD, call('POST', '/api/signup'), 'web POST /api/signup'])
    expect(found).toHaveLength(visits.length)
    return found
  }, 15_000)
  for (const trace of traces) {
    expect(trace.roots.map(({ name }) => name)).toEqual(['page load'])
    expect(trace).toHaveNoOrphans()
  }
  // The server gave the page before it knew of a trace, and prefetches belong to nobody.
  const calls = traces.flatMap(({ spans }) => spans.filter(({ kind }) => kind === 'client'))
  const paths = calls.filter(({ attributes }) => attributes['throughline.next.kind'] === 'browser')
  expect(new Set(paths.map(({ attributes }) => attributes['url.path']))).toEqual(
    new Set(['/api/signup']),
  )
})

test('another site can neither report nor read', async () => {
  const refused = 'throughline_browser_reports_refused_total'
  await using site = await startForeignSite()
  const before = (await readValues(app.metricsUrl, refused))['reason="cross_site"'] ?? 0
  await page.goto(site.url)
  const statuses: number[] = []
  page.on('response', response => {
    if (response.url().endsWith('/api/telemetry')) statuses.push(response.status())
  })
  const sent = await page.evaluate(async url => {
    const beacon = window.navigator.sendBeacon(url, '{}')
    const opaque = await fetch(url, { method: 'POST', body: '{}', mode: 'no-cors' })
    const json = { 'content-type': 'application/json' }
    const failed = await fetch(url, { method: 'POST', body: '{}', headers: json }).then(
      () => 'answered',
      (error: Error) => error.name,
    )
    return { beacon, opaque: opaque.type, failed }
  }, `${app.url}/api/telemetry`)
  expect(sent).toEqual({ beacon: true, opaque: 'opaque', failed: 'TypeError' })
  await expect
    .poll(async () => (await readValues(app.metricsUrl, refused))['reason="cross_site"'])
    .toBe(before + 2)
  expect(statuses.filter(status => status !== 403)).toEqual([])
})

test('an error that nothing handles arrives once, with the trace of its page', async () => {
  await page.goto(`${app.url}/settings`)
  const thrown: string[] = []
  page.on('pageerror', ({ message }) => thrown.push(message))
  await page.evaluate(() => {
    const fail = (): void => {
      throw new TypeError('planted in the page')
    }
    setTimeout(fail)
    setTimeout(fail)
    setTimeout(() => void Promise.reject(new RangeError('planted in a promise')))
  })
  await expect.poll(() => thrown).toHaveLength(3)
  await leave(page)
  const trace = await app.collector.waitForTrace({
    until: ({ spans }) => spans.filter(({ name }) => name === 'unhandled error').length === 2,
  })
  expect(trace).toContainPath(['web GET /settings', LOAD, 'web unhandled error'])
  const errors = trace.spans.filter(({ name }) => name === 'unhandled error')
  expect(errors.map(({ events: [event] }) => event?.attributes)).toEqual([
    expect.objectContaining({
      'exception.type': 'TypeError',
      'exception.message': 'planted in the page',
    }),
    expect.objectContaining({
      'exception.type': 'RangeError',
      'exception.message': 'planted in a promise',
    }),
  ])
  const counted = await readValues(app.metricsUrl, 'throughline_browser_errors_total')
  expect(counted).toEqual({ 'http_route="/settings"': 2 })
})

test('web vitals are at /metrics, by route', async () => {
  const waited = await readValues(app.metricsUrl, 'throughline_web_vital_duration_seconds_count')
  const route = 'http_route="/invoices/[id]"'
  expect(Object.keys(waited)).toEqual(
    expect.arrayContaining(['ttfb', 'fcp', 'lcp'].map(vital => `${route},vital="${vital}"`)),
  )
  const moved = await readValues(app.metricsUrl, 'throughline_web_vital_layout_shift_ratio_count')
  expect(moved[route]).toBeGreaterThan(0)
  expect(JSON.stringify([waited, moved])).not.toMatch(/\/invoices\/3|unmatched/)
})

test('calls to the own server carry the trace, and all that they were given; others carry nothing', async () => {
  await using site = await startForeignSite()
  await page.goto(`${app.url}/settings`)
  const parent = await page.locator('meta[name=traceparent]').getAttribute('content')
  const [, traceId] = parent?.split('-') ?? []
  const sent = new Map<string | null, Readonly<Record<string, string>>>()
  page.on('request', request =>
    sent.set(new URL(request.url()).searchParams.get('as'), request.headers()),
  )
  const given = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  await page.evaluate(
    async ([foreign, traceparent]) => {
      const path = '/api/health?as='
      const headers = { 'x-mine': '1' }
      const request = new Request(`${path}request`, { method: 'PUT', body: 'b', headers })
      const ask = new XMLHttpRequest()
      ask.open('GET', `${path}xhr`)
      ask.setRequestHeader('x-mine', '1')
      const asked = new Promise(resolve => ask.addEventListener('loadend', resolve))
      ask.send()
      await Promise.all([
        asked,
        fetch(`${path}relative`, { headers }),
        fetch(new URL(`${path}url`, document.baseURI), { headers: [['x-mine', '1']] }),
        fetch(request),
        fetch(`${path}given`, { headers: { ...headers, traceparent } }),
        fetch(`${path}prefetch`, { headers: { ...headers, 'next-router-prefetch': '1' } }),
        fetch(`${foreign}?as=foreign`, { mode: 'no-cors' }),
      ])
    },
    [site.url, given] as const,
  )
  for (const way of ['xhr', 'relative', 'url', 'request'] as const)
    expect(sent.get(way), way).toMatchObject({
      'x-mine': '1',
      traceparent: expect.stringMatching(`^00-${traceId}-[\\da-f]{16}-01$`),
      tracestate: expect.stringMatching(/^throughline=[\w.-]+$/),
    })
  expect(sent.get('given')).toMatchObject({ 'x-mine': '1', traceparent: given })
  for (const way of ['given', 'prefetch', 'foreign'])
    expect(sent.get(way)?.['tracestate'], way).toBeUndefined()
  for (const way of ['prefetch', 'foreign'])
    expect(sent.get(way)?.['traceparent'], way).toBeUndefined()

  await leave(page)
  const trace = await app.collector.waitForTrace({
    until: ({ spans }) => spans.filter(({ kind }) => kind === 'client').length >= 4,
  })
  const calls = trace.spans.filter(
    ({ kind, attributes }) =>
      kind === 'client' && attributes['throughline.next.kind'] === 'browser',
  )
  expect(calls.map(({ name }) => name).toSorted()).toEqual(['GET', 'GET', 'GET', 'PUT'])
  expect(calls.find(({ name }) => name === 'PUT')).toMatchObject({
    status: 'error',
    attributes: {
      'url.path': '/api/health',
      'http.response.status_code': 405,
      'error.type': '405',
    },
  })
})

test('a page that stays open for longer than its trace is continued goes on in another', async () => {
  const context = await browser.newContext({ storageState: await visitor.storageState() })
  await using _ = context
  const own = await context.newPage()
  await own.clock.install()
  await own.goto(`${app.url}/settings`)
  await own.clock.fastForward('14:00')
  const ask = async (): Promise<string | undefined> => {
    const request = own.waitForRequest('**/api/health')
    await own.evaluate(() => fetch('/api/health'))
    return (await request).headers()['traceparent']?.split('-')[1]
  }
  const first = await ask()
  const given = own.waitForResponse('**/api/telemetry')
  await own.clock.fastForward('01:01')
  expect(await ask()).toBeUndefined()
  await given
  const second = await ask()
  expect([first, second]).toEqual([
    expect.stringMatching(/^[\da-f]{32}$/),
    expect.stringMatching(/^[\da-f]{32}$/),
  ])
  expect(second).not.toBe(first)
  await leave(own)
  const trace = await app.collector.waitForTrace({ traceId: second ?? '', containing: ['GET'] })
  expect(trace.roots.map(({ name }) => name)).toEqual(['page resume'])
  expect(trace).toHaveNoOrphans()
})

test('a page that is gone back to has a trace of its own', async () => {
  await page.goto(`${app.url}/invoices/3`)
  await page.goto(`${app.url}/sign-up`)
  const before = await traceOf(['page load', 'GET /invoices/[id]'], '/invoices/3')
  app.collector.clear()
  await page.goBack()
  await page.waitForURL('**/invoices/3')
  const after = await app.collector.waitForTrace({
    until: ({ spans }) =>
      spans.some(
        ({ name, attributes }) =>
          /^page (load|resume)$/.test(name) && attributes['url.path'] === '/invoices/3',
      ),
  })
  expect(after.traceId).not.toBe(before.traceId)
})
