import '@throughline/testing/matchers'
import { startTestDatabase, type Database } from '@throughline-example/database'
import { startCollector, type Collector } from '@throughline/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startExample, type RunningExample } from '../demo/src/start-example.ts'

const OPENMETRICS = { accept: 'application/openmetrics-text' }

let collector: Collector
let database: Database
let payments: RunningExample
let api: RunningExample

beforeAll(async () => {
  collector = await startCollector()
  database = await startTestDatabase()
  payments = await startExample({ name: 'payments', args: ['src/main.ts'] })
  api = await startExample({
    name: 'partner-api',
    environment: { ...collector.env, DATABASE_URL: database.url, PAYMENTS_URL: payments.url },
  })
})
afterAll(async () => {
  for (const started of [api, payments, database, collector]) await started?.[Symbol.asyncDispose]()
})
beforeEach(() => collector.clear())

interface Call {
  readonly key?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

async function call(
  path: string,
  { key = 'demo-partner-key', headers = {}, body }: Call = {},
): Promise<Answer> {
  const response = await fetch(api.url + path, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }), ...headers },
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as never,
  }
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: { readonly error: { readonly code: string } } & Record<string, unknown>
}

test('reading an invoice is one trace to the database and the payment service, with route and team', async () => {
  const { status, body } = await call('/v1/invoices/7')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id: 7,
    customer: 'Borealis',
    currency: 'EUR',
    lines: [{ unitCents: 1900 }, { unitCents: 1900 }, { unitCents: 1900 }],
    charge: { id: 'ch_7', status: 'succeeded' },
  })
  const trace = await collector.waitForTrace({ root: 'GET /v1/invoices/:id', spans: 5 })
  expect(trace).toBeOneTrace()
  expect(trace).toHaveNoOrphans()
  expect(trace).toNameTeams({ 'partner-api': 'partners' })
  expect(trace).toContainPath([
    'GET /v1/invoices/:id',
    { team: 'data', attributes: { 'db.system.name': 'postgresql' } },
  ])
  expect(trace).toContainPath(['GET /v1/invoices/:id', { kind: 'client', name: 'GET' }])
  expect(trace.roots[0]?.attributes).toMatchObject({
    'http.route': '/v1/invoices/:id',
    'throughline.audience': 'partner',
    'throughline.work': 'request',
  })
})

test('a log line of a request carries the ids of its trace', async () => {
  await call('/v1/invoices/8')
  const trace = await collector.waitForTrace({ root: 'GET /v1/invoices/:id' })
  expect(api.output()).toContain(trace.traceId)
})

test('lists are filtered, and one invoice that cannot be added up does not cost the list', async () => {
  const { body } = await call('/v1/invoices?customerId=1&status=open&limit=100')
  const invoices = body['invoices'] as { id: number; totalCents: number | null }[]
  expect(invoices.length).toBeGreaterThan(1)
  expect(invoices.find(({ id }) => id === 666)?.totalCents).toBeNull()
  expect(invoices.filter(({ totalCents }) => totalCents === null)).toHaveLength(1)
})

test('an unexpected error tells the partner nothing, and the span everything', async () => {
  const { status, body } = await call('/v1/invoices/666')
  expect(status).toBe(500)
  expect(body).toEqual({
    error: { code: 'internal', message: 'Something went wrong on our side.' },
  })
  const trace = await collector.waitForTrace({ root: 'GET /v1/invoices/:id' })
  expect(trace.roots[0]).toMatchObject({
    status: 'error',
    events: [
      {
        name: 'exception',
        attributes: { 'exception.message': 'the quantity "a dozen" is no whole number' },
      },
    ],
  })
})

describe('errors have stable codes', () => {
  test.for([
    { path: '/v1/invoices/7', key: '', status: 401, code: 'unauthorized' },
    { path: '/v1/invoices/7', key: 'guessed', status: 401, code: 'unauthorized' },
    { path: '/v1/invoices/404', status: 404, code: 'not_found' },
    { path: '/v1/nothing', status: 404, code: 'not_found' },
    { path: '/v1/invoices/seven', status: 400, code: 'invalid_request' },
    { path: '/v1/invoices?status=lost', status: 400, code: 'invalid_request' },
    { path: '/v1/invoices?color=red', status: 400, code: 'invalid_request' },
    { path: '/v1/reports', body: { month: 'March' }, status: 400, code: 'invalid_request' },
    { path: '/v1/reports/00000000-0000-4000-8000-000000000000', status: 404, code: 'not_found' },
  ])('$path answers $status $code', async ({ path, key, body, status, code }) => {
    const answer = await call(path, { key, ...(body && { body }) })
    expect(answer.status).toBe(status)
    expect(answer.body.error.code).toBe(code)
  })

  test('a payment service that is down is 502', async () => {
    const setMode = (mode: string): Promise<Response> =>
      fetch(`${payments.url}/v1/mode`, { method: 'PUT', body: JSON.stringify({ mode }) })
    await setMode('failing')
    const { status, body } = await call('/v1/invoices/7')
    await setMode('normal')
    expect([status, body.error.code]).toEqual([502, 'payments_unavailable'])
  })
})

test('a key that has used up its minute is told when to come back', async () => {
  const statuses: number[] = []
  for (let sent = 0; sent < 4; sent += 1) {
    const { status, headers, body } = await call('/v1/invoices/7', { key: 'demo-limited-key' })
    statuses.push(status)
    expect(headers.get('ratelimit-remaining')).toBe(String(Math.max(0, 2 - sent)))
    if (status !== 429) continue
    expect(body.error.code).toBe('rate_limited')
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(statuses).toEqual([200, 200, 200, 429])
})

describe('an idempotency key', () => {
  const order = (key: string, month: string): Promise<Answer> =>
    call('/v1/reports', { headers: { 'idempotency-key': key }, body: { month } })

  test('makes a repeat answer what the first request answered', async () => {
    const first = await order('one', '2026-03')
    const second = await order('one', '2026-03')
    expect(first).toMatchObject({ status: 202, body: { status: 'queued' } })
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotency-replayed')).toBe('true')
  })

  test('cannot be used for another request', async () => {
    await order('two', '2026-03')
    const { status, body } = await order('two', '2026-04')
    expect([status, body.error.code]).toEqual([422, 'idempotency_conflict'])
  })

  test('lets one of many requests at once through, and none of them twice', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => order('three', '2026-05')))
    const ids = answers.filter(({ status }) => status === 202).map(({ body }) => body['id'])
    expect(ids.length).toBeGreaterThan(0)
    expect(new Set(ids).size).toBe(1)
    expect(answers.filter(({ status }) => status !== 202 && status !== 409)).toEqual([])
  })
})

test('/metrics shows requests by route with exemplars that exist, and strangers add no series', async () => {
  await call('/v1/invoices/9')
  const trace = await collector.waitForTrace({ root: 'GET /v1/invoices/:id' })
  const before = await readSeries()
  expect(
    before.filter(line => line.includes('http_route="/v1/invoices/:id"')).join('\n'),
  ).toContain(trace.traceId)

  const methods = ['GET', 'POST', 'PURGE', 'DELETE', 'PROPFIND']
  for (let round = 0; round < 20; round += 1) {
    const requests = Array.from({ length: 100 }, (_, index) => {
      const path = `/${Math.random().toString(36).slice(2)}/${index}`
      return fetch(api.url + path, { method: methods[index % methods.length] ?? 'GET' }).then(
        answer => answer.text(),
      )
    })
    await Promise.all(requests)
  }
  const after = await readSeries()
  const added = after.map(nameOf).filter(name => !before.map(nameOf).includes(name))
  expect(added.filter(name => !name.includes('http_route="unmatched"'))).toEqual([])
  const unmatched = after.filter(name => name.includes('http_route="unmatched"'))
  expect(new Set(unmatched.map(name => /http_request_method="(\w+)"/.exec(name)?.[1]))).toEqual(
    new Set(['GET', 'POST', 'DELETE', '_OTHER']),
  )
})

const nameOf = (line: string): string => line.slice(0, line.indexOf('}') + 1)

async function readSeries(): Promise<string[]> {
  const text = await (await fetch(api.metricsUrl, { headers: OPENMETRICS })).text()
  return text.split('\n').filter(line => line.startsWith('http_server_request_duration_seconds'))
}
