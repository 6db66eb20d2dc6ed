import '@throughline/testing/matchers'
import { startTestDatabase, type Database } from '@throughline-example/database'
import { startCollector, type Collector } from '@throughline/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readGrowth, readValues, type MetricValues } from '../demo/src/metric-values.ts'
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
    environment: {
      ...collector.env,
      DATABASE_URL: database.url,
      PAYMENTS_URL: payments.url,
      THROUGHLINE_TRUSTED_PROXIES: '127.0.0.0/8',
    },
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

test('a request is one log line, with its route, team and the ids of its span', async () => {
  await call('/v1/invoices/8')
  const trace = await collector.waitForTrace({ root: 'GET /v1/invoices/:id' })
  const lines = api
    .output()
    .split('\n')
    .filter(line => line.includes(trace.traceId))
  expect(lines.map(line => JSON.parse(line) as object)).toMatchObject([
    {
      msg: 'request',
      service: 'partner-api',
      method: 'GET',
      route: '/v1/invoices/:id',
      status: 200,
      actor: 'partner',
      team: 'partners',
      span_id: trace.roots[0]?.spanId,
    },
  ])
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

describe('who asks, and abuse', () => {
  const ROUTE = '/v1/invoices/:id'

  const growth = (metric: string, work: () => Promise<unknown>): Promise<MetricValues> =>
    readGrowth(api.metricsUrl, metric, work)
  const guess = async (times: number, from: string): Promise<void> => {
    for (let sent = 0; sent < times; sent += 1)
      await call('/v1/invoices/7', { key: `guess ${sent}`, headers: { 'x-forwarded-for': from } })
  }

  test('the actor is on the span: partners by their keys, others by what they bring', async () => {
    for (const [how, actor] of [
      [{}, 'partner'],
      [{ key: '', headers: { authorization: 'Bearer abc' } }, 'partner'],
      [{ key: '' }, 'anonymous'],
    ] as const) {
      collector.clear()
      await call('/v1/invoices/7', how)
      const { roots } = await collector.waitForTrace({ root: `GET ${ROUTE}` })
      expect(roots[0]?.attributes['throughline.actor']).toBe(actor)
      expect(roots[0]?.attributes).not.toHaveProperty('throughline.audience.mismatch')
    }
  })

  test('the session of a browser has lost its way here: it is counted, shown, and gets what it would get', async () => {
    const headers = { cookie: 'theme=dark; session=abc' }
    const more = await growth('throughline_audience_mismatch_total', async () => {
      expect((await call('/v1/invoices/7', { key: '', headers })).status).toBe(401)
    })
    expect(more).toEqual({
      [`http_route="${ROUTE}",audience="partner",credential="session"`]: 1,
    })
    const { roots } = await collector.waitForTrace({ root: `GET ${ROUTE}` })
    expect(roots[0]?.attributes).toMatchObject({
      'throughline.actor': 'user',
      'throughline.audience.mismatch': 'session',
    })
  })

  test('failures are counted once, by the reason that the API knows, and for the source that fails most', async () => {
    const more = await growth('throughline_auth_failures_total', async () => {
      await guess(20, '1.1.1.1, 198.51.100.7')
      await guess(3, '203.0.113.9')
      await call('/v1/invoices/7', { key: '' })
    })
    expect(more).toEqual({
      [`http_route="${ROUTE}",reason="invalid_credentials"`]: 23,
      [`http_route="${ROUTE}",reason="missing_credentials"`]: 1,
    })
    expect(await readValues(api.metricsUrl, 'throughline_auth_failures_single_source')).toEqual({
      [`http_route="${ROUTE}"`]: 20,
    })
    const metrics = await readMetrics()
    for (const address of ['198.51.100', '203.0.113', '1.1.1.1'])
      expect(metrics).not.toContain(address)
  })

  test('a key that could not be looked up is no fault of whoever sent it', async () => {
    const client = new Client({ connectionString: database.url })
    await client.connect()
    const more = await growth('throughline_auth_failures_total', async () => {
      await client.query('alter table api_keys rename to lost_keys')
      const { status } = await call('/v1/invoices/7')
      await client.query('alter table lost_keys rename to api_keys')
      expect(status).toBe(500)
    }).finally(() => client.end())
    expect(more).toEqual({ [`http_route="${ROUTE}",reason="unverifiable"`]: 1 })
  })

  test('refusals of a key that asks too often are counted', async () => {
    let refused = 0
    const more = await growth('throughline_rate_limited_total', async () => {
      for (let sent = 0; sent < 4; sent += 1) {
        const { status } = await call('/v1/invoices/7', { key: 'demo-limited-key' })
        if (status === 429) refused += 1
      }
    })
    expect(refused).toBeGreaterThan(0)
    expect(more).toEqual({ [`http_route="${ROUTE}"`]: refused })
  })

  test('a repeat that was answered with the first answer is counted, and the first is not', async () => {
    const headers = { 'idempotency-key': 'counted' }
    const order = (): Promise<Answer> =>
      call('/v1/reports', { headers, body: { month: '2026-06' } })
    expect(await growth('throughline_replays_blocked_total', order)).toEqual({})
    expect(await growth('throughline_replays_blocked_total', order)).toEqual({
      'http_route="/v1/reports"': 1,
    })
  })
})

const nameOf = (line: string): string => line.slice(0, line.indexOf('}') + 1)

async function readSeries(): Promise<string[]> {
  const lines = (await readMetrics()).split('\n')
  return lines.filter(line => line.startsWith('http_server_request_duration_seconds'))
}

const readMetrics = async (): Promise<string> =>
  (await fetch(api.metricsUrl, { headers: OPENMETRICS })).text()
