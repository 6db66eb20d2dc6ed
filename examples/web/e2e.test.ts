import '@throughline/testing/matchers'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SpanPattern, TraceTree } from '@throughline/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { readGrowth, type MetricValues } from '../demo/src/metric-values.ts'
import { readForm, sending, visit as visitUrl, type Visit } from './e2e/browser.ts'
import { startApp, type RunningApp } from './e2e/running-app.ts'
import { sealSession, type User } from './lib/session.ts'

const SECRET = 'a secret of the end-to-end test'
const PASSWORD = 'demo-password'

const ADA: User = { userId: 1, role: 'member', customerId: 1 }
const ROOT: User = { userId: 2, role: 'admin', customerId: 1 }
/** Somebody whose customer has no broken invoice. */
const BOREALIS: User = { userId: 1, role: 'member', customerId: 2 }

let app: RunningApp

beforeAll(async () => {
  // The test runner's own would make Next.js build and serve something between development and production.
  vi.stubEnv('NODE_ENV', 'production')
  vi.stubEnv('SESSION_SECRET', SECRET)
  app = await startApp()
})

afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

const visit = (path: string, how?: Visit): Promise<Response> => visitUrl(app.url + path, how)

const setPaymentsMode = (mode: 'normal' | 'failing'): Promise<Response> =>
  visitUrl(`${app.paymentsUrl}/v1/mode`, sending({ mode }, 'PUT'))

const count = async (text: string): Promise<number> =>
  Number(
    (await app.database.query<{ count: string }>(`select count(*) from ${text}`)).rows[0]?.count,
  )

const planOf = async ({ customerId }: User): Promise<string | undefined> =>
  (
    await app.database.query<{ plan: string }>('select plan from customers where id = $1', [
      customerId,
    ])
  ).rows[0]?.plan

/** A session that began eight days ago. */
function sealLongAgo(user: User): string {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 8 * 24 * 60 * 60 * 1_000 })
  try {
    return sealSession(user)
  } finally {
    vi.useRealTimers()
  }
}

interface Scenario {
  readonly name: string
  readonly drive: () => Promise<Response>
  readonly status: number
  readonly root: string
  /** What lies below the root, in every direction that matters. */
  readonly paths: readonly (readonly SpanPattern[])[]
  readonly errors?: readonly string[]
}

const scenarios: readonly Scenario[] = [
  {
    name: 'page',
    drive: () => visit('/invoices/3', { as: ADA }),
    status: 200,
    root: 'GET /invoices/[id]',
    paths: [
      [{ service: 'web', name: 'pg.query:SELECT app' }],
      [
        { service: 'web', kind: 'client', name: 'GET' },
        'partner-api GET /v1/invoices/:id',
        'partner-api pg.query:SELECT app',
      ],
      ['partner-api GET /v1/invoices/:id', { service: 'partner-api', kind: 'client', name: 'GET' }],
    ],
  },
  {
    name: 'behind-proxy',
    drive: () => visit('/invoices?status=paid', { as: ADA }),
    status: 200,
    root: 'GET /invoices',
    paths: [
      [{ attributes: { 'throughline.next.kind': 'proxy' } }],
      ['web GET', 'partner-api GET /v1/invoices'],
    ],
  },
  {
    name: 'route-handler',
    drive: () => visit('/api/billing/plan', { as: ADA, ...sending({ plan: 'business' }) }),
    status: 200,
    root: 'POST /api/billing/plan',
    paths: [
      ['web pg.query:INSERT app'],
      [{ service: 'web', kind: 'client', name: 'POST' }],
      ['web pg.query:COMMIT app'],
    ],
  },
  {
    name: 'server-action',
    drive: async () => {
      const page = await visit('/settings', { as: ADA })
      const body = await readForm(page)
      body.append('name', 'Ada Lovelace')
      await forgetRequest('GET /settings')
      return visit('/settings', { as: ADA, method: 'POST', body })
    },
    status: 303,
    root: 'POST /settings',
    paths: [['web action saveSettings', 'web pg.query:UPDATE app']],
  },
  {
    name: 'page-error',
    drive: () => visit('/invoices/666', { as: ADA }),
    status: 500,
    root: 'GET /invoices/[id]',
    paths: [
      [
        'web render route (app) /invoices/[id]',
        'web GET',
        { name: 'GET /v1/invoices/:id', status: 'error' },
      ],
    ],
    errors: [
      'the partner API answered 500 to /v1/invoices/666',
      'the quantity "a dozen" is no whole number',
    ],
  },
  {
    name: 'route-error',
    drive: () => visit('/api/billing/preview?plan=team', { as: ADA }),
    status: 500,
    root: 'GET /api/billing/preview',
    paths: [['web pg.query:SELECT app']],
    errors: ['Cannot convert a dozen to a BigInt'],
  },
  {
    name: 'export',
    drive: () => visit('/api/invoices/export?status=open', { as: ADA }),
    status: 200,
    root: 'GET /api/invoices/export',
    paths: [['web pg.query:SELECT app']],
  },
]

/** Waits for the trace of an earlier request, so that none of it arrives later, and forgets it. */
async function forgetRequest(root: string): Promise<void> {
  await app.collector.waitForTrace({ root })
  app.collector.clear()
}

const messagesOf = ({ spans }: TraceTree): unknown[] =>
  spans.flatMap(({ events }) => events.map(({ attributes }) => attributes['exception.message']))

describe('one trace from page to database', () => {
  beforeAll(() => forgetRequest('GET /api/health'))
  beforeEach(() => app.collector.clear())

  test.for(scenarios)('$name', async ({ drive, status, root, paths, errors = [] }) => {
    const response = await drive()
    await response.arrayBuffer()
    expect(response.status).toBe(status)

    const trace = await app.collector.waitForTrace({ root })
    expect(app.collector).toBeOneTrace()
    expect(trace).toHaveNoOrphans()
    expect(trace).toNameTeams()
    for (const path of paths) expect(trace).toContainPath([`web ${root}`, ...path])
    const failed = status >= 500
    expect(trace.roots[0]).toMatchObject({
      service: 'web',
      kind: 'server',
      status: failed ? 'error' : 'unset',
      attributes: { 'http.route': root.split(' ')[1], 'http.response.status_code': status },
    })
    const messages = messagesOf(trace)
    for (const message of errors) expect(messages).toContainEqual(expect.stringContaining(message))
    if (!failed) expect(messages).toEqual([])
  })
})

describe('who asks, and abuse', () => {
  beforeEach(() => app.collector.clear())

  const growth = (metric: string, work: () => Promise<unknown>): Promise<MetricValues> =>
    readGrowth(app.metricsUrl, metric, async () => {
      const answer = await work()
      if (answer instanceof Response) await answer.arrayBuffer()
    })
  const failures = (work: () => Promise<unknown>): Promise<MetricValues> =>
    growth('throughline_auth_failures_total', work)
  const withCookie = (value: string): Visit => ({ headers: { cookie: `session=${value}` } })

  test('the actor is on the span of a page, behind the proxy and not', async () => {
    await visit('/settings', { as: ADA })
    await visit('/sign-in')
    const { roots } = await app.collector.waitForTrace({ root: 'GET /settings' })
    expect(roots[0]?.attributes['throughline.actor']).toBe('user')
    const other = await app.collector.waitForTrace({ root: 'GET /sign-in' })
    expect(other.roots[0]?.attributes['throughline.actor']).toBe('anonymous')
  })

  test('an API key on a page for administrators is counted and shown, and a session there is not', async () => {
    const key = { headers: { 'x-api-key': 'demo-partner-key' } }
    const more = await growth('throughline_audience_mismatch_total', () => visit('/admin', key))
    expect(more).toEqual({ 'http_route="unmatched",audience="admin",credential="api-key"': 1 })
    const { roots } = await app.collector.waitForTrace({
      until: ({ roots: [root] }) => root?.attributes['url.path'] === '/admin',
    })
    expect(roots[0]?.attributes).toMatchObject({
      'throughline.actor': 'partner',
      'throughline.audience.mismatch': 'api-key',
    })
    expect(
      await growth('throughline_audience_mismatch_total', () => visit('/admin', { as: ROOT })),
    ).toEqual({})
  })

  test.for<[what: string, path: string, () => Visit, route: string, reason: string]>([
    [
      'a wrong password',
      '/api/session',
      () => sending({ email: 'ada@acme.example', password: 'guessed' }),
      '/api/session',
      'invalid_credentials',
    ],
    ['no session', '/api/invoices/export', () => ({}), '/api/invoices/export', 'unauthenticated'],
    [
      'a session that is over',
      '/api/invoices/export',
      () => withCookie(sealLongAgo(ADA)),
      '/api/invoices/export',
      'expired_credentials',
    ],
    [
      'a session that is made up',
      '/api/invoices/export',
      () => withCookie('e30.guessed'),
      '/api/invoices/export',
      'invalid_credentials',
    ],
    ['a session that may not', '/admin', () => ({ as: ADA }), '/admin', 'forbidden'],
    [
      'a session that is made up, at the proxy',
      '/settings',
      () => withCookie('e30.guessed'),
      'unmatched',
      'invalid_credentials',
    ],
    [
      'a session that is over, at the proxy',
      '/settings',
      () => withCookie(sealLongAgo(ADA)),
      'unmatched',
      'expired_credentials',
    ],
  ])('%s is one failure', async ([, path, how, route, reason]) => {
    expect(await failures(() => visit(path, how()))).toEqual({
      [`http_route="${route}",reason="${reason}"`]: 1,
    })
  })

  test('a visitor who is sent to sign in has not failed', async () => {
    const more = await failures(async () => {
      for (const path of ['/invoices', '/settings', '/admin', '/sign-in']) {
        await visit(path)
        await visit(path, { as: ROOT })
      }
    })
    expect(more).toEqual({})
  })
})

describe('accounts', () => {
  const grace = { name: 'Grace', email: 'grace@acme.example', password: 'a long password' }

  test('whoever signs up is signed in, and can sign in again', async () => {
    const response = await visit('/api/signup', sending({ ...grace, email: 'Grace@Acme.example' }))
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ name: 'Grace', email: grace.email })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^session=.*; HttpOnly; SameSite=lax$/)
    const [session = ''] = cookie.split(';')
    expect((await visit('/invoices', { headers: { cookie: session } })).status).toBe(200)
    expect((await visit('/api/session', sending(grace))).status).toBe(200)
    expect(await count(`users where password_hash like '%${grace.password}%'`)).toBe(0)
  })

  test('an e-mail address is taken once, however it is written', async () => {
    const response = await visit('/api/signup', sending({ ...grace, email: 'ADA@acme.example' }))
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ error: { code: 'email_taken' } })
  })

  test('a form that is not filled in right is told all that is wrong', async () => {
    const response = await visit(
      '/api/signup',
      sending({ name: ' ', email: 'nobody', password: 'short' }),
    )
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: { code: string; message: string } }
    expect(error).toMatchObject({ code: 'invalid_request' })
    expect(error.message).toMatch(/name: .*email: .*password: /)
  })

  test('a body that is no JSON is a bad request', async () => {
    for (const path of ['/api/signup', '/api/session']) {
      expect((await visit(path, { method: 'POST', body: 'name=Grace' })).status).toBe(400)
    }
  })

  test.for([
    ['ada@acme.example', PASSWORD, 200],
    ['root@acme.example', PASSWORD, 200],
    ['ada@acme.example', 'another password', 401],
    ['nobody@acme.example', PASSWORD, 401],
  ] as const)('%s signs in with "%s": %i', async ([email, password, status]) => {
    const response = await visit('/api/session', sending({ email, password }))
    expect(response.status).toBe(status)
    expect(response.headers.has('set-cookie')).toBe(status === 200)
  })

  test('the cookie is only sent over TLS where there is TLS', async () => {
    const request = sending({ email: 'ada@acme.example', password: PASSWORD })
    const response = await visit('/api/session', {
      ...request,
      headers: {
        ...request.headers,
        'x-forwarded-proto': 'https',
        origin: app.url.replace('http:', 'https:'),
      },
    })
    expect(response.headers.get('set-cookie')).toContain('; Secure')
  })

  test('signing out takes the cookie away', async () => {
    const response = await visit('/sign-out', { as: ADA, method: 'POST' })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
    expect(response.headers.get('set-cookie')).toMatch(/^session=;.*1970/)
  })

  test.for(['/invoices', '/invoices/3', '/settings', '/admin'])(
    '%s sends whoever has no valid session to sign in',
    async path => {
      const [payload = ''] = sealSession(ROOT).split('.')
      const [, signature = ''] = sealSession(ADA).split('.')
      const expired = sealLongAgo(ROOT)
      for (const value of ['', 'nonsense', payload, `${payload}.${signature}`, expired]) {
        const response = await visit(path, { headers: { cookie: `session=${value}` } })
        expect(response.status).toBe(303)
        const target = `/sign-in?next=${encodeURIComponent(path)}`
        expect(response.headers.get('location')).toContain(target)
      }
    },
  )

  test('after signing in nobody is sent to another site', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      const page = await (await visit(`/sign-in?next=${encodeURIComponent(next)}`)).text()
      expect(page).toContain('\\"next\\":\\"/invoices\\"')
    }
  })
})

describe('pages', () => {
  test('customers are listed for an administrator, and for nobody else', async () => {
    expect((await visit('/admin', { as: ADA })).status).toBe(403)
    const page = await visit('/admin', { as: ROOT })
    expect(page.status).toBe(200)
    expect(await page.text()).toMatch(/Acme Books.*Borealis.*Cinder/)
  })

  test.for(['/invoices/9999', '/invoices/three', '/invoices/4'])(
    '%s is not there for this customer',
    async path => {
      expect((await visit(path, { as: ADA })).status).toBe(404)
    },
  )

  test('an invoice adds up', async () => {
    const page = await (await visit('/invoices/3', { as: ADA })).text()
    expect(page).toContain('Acme Books')
    expect(page).toMatch(/Total.*€152\.00/)
  })

  test('the list holds the invoices of the customer that pass the filter', async () => {
    const page = await (
      await visit('/invoices?status=open&from=2026-02-01&to=', { as: ADA })
    ).text()
    const linked = [...page.matchAll(/href="\/invoices\/(\d+)"/g)].map(([, id]) => Number(id))
    expect(linked).toEqual([24, 12])
    expect(page).toContain('href="/api/invoices/export?status=open&amp;from=2026-02-01"')
  })

  test('a filter that makes no sense is told so', async () => {
    const page = await (await visit('/invoices?from=2026-05-01&to=2026-01-01', { as: ADA })).text()
    expect(page).toContain('to: ends before it begins')
  })

  test('settings are saved without JavaScript, and what cannot be saved is told', async () => {
    const body = await readForm(await visit('/settings', { as: ROOT }))
    for (const [name, message] of [
      ['Root the Second', 'saved'],
      ['', 'invalid'],
    ] as const) {
      body.set('name', name)
      const response = await visit('/settings', { as: ROOT, method: 'POST', body })
      expect([response.status, response.headers.get('location')]).toEqual([
        303,
        `/settings?message=${message}`,
      ])
    }
    const page = await (await visit('/settings?message=invalid', { as: ROOT })).text()
    expect(page).toContain('value="Root the Second"')
    expect(page).toContain('A name has 1 to 80 characters.')
  })

  test('neither a page nor a script holds a secret', async () => {
    const paths = [
      '/',
      '/sign-up',
      '/sign-in',
      '/invoices',
      '/invoices/3',
      '/invoices/666',
      '/settings',
      '/admin',
    ]
    const pages = await Promise.all(
      paths.map(async path => (await visit(path, { as: ROOT })).text()),
    )
    const folder = join(import.meta.dirname, '.next', 'static')
    const scripts = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    expect(scripts.length).toBeGreaterThan(0)
    for (const text of [...pages, ...scripts]) {
      for (const secret of [SECRET, 'for development only', 'demo-web-key', 'postgres://']) {
        expect(text).not.toContain(secret)
      }
    }
  })
})

describe('money', () => {
  test.for([
    ['nobody', undefined, { plan: 'starter' }, 401, 'unauthorized'],
    ['a plan that is not sold', ADA, { plan: 'gold' }, 400, 'invalid_request'],
    ['no plan', ADA, undefined, 400, 'invalid_request'],
  ] as const)('%s changes no plan', async ([, as, body, status, code]) => {
    const response = await visit('/api/billing/plan', { ...(as && { as }), ...sending(body) })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code } })
  })

  test('a plan is as it was when the payment fails', async () => {
    const [before, changes] = [await planOf(ADA), await count('plan_changes')]
    await setPaymentsMode('failing')
    const response = await visit('/api/billing/plan', { as: ADA, ...sending({ plan: 'starter' }) })
    await setPaymentsMode('normal')
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ error: { code: 'payments_unavailable' } })
    expect([await planOf(ADA), await count('plan_changes')]).toEqual([before, changes])
  })

  test('two clicks are one charge', async () => {
    const click = async (): Promise<string> => {
      const response = await visit('/api/billing/plan', {
        as: BOREALIS,
        ...sending({ plan: 'team' }),
      })
      return `${response.status} ${await response.text()}`
    }
    const answers = (await Promise.all([click(), click()])).toSorted()
    expect(answers).toEqual([
      expect.stringMatching(/^200 /),
      expect.stringMatching(/^409 .*plan_unchanged/),
    ])
    expect(await planOf(BOREALIS)).toBe('team')
    const { rows } = await app.database.query<{ plan: string; charge_id: string }>(
      'select plan, charge_id from plan_changes where customer_id = 2',
    )
    expect(rows).toHaveLength(1)
    expect(answers[0]).toContain(
      JSON.stringify({ plan: rows[0]?.plan, chargeId: rows[0]?.charge_id }),
    )
  })

  test('a preview adds the plan to what is open', async () => {
    const response = await visit('/api/billing/preview?plan=team', { as: BOREALIS })
    expect(await response.json()).toEqual({
      plan: 'team',
      currency: 'EUR',
      planCents: 4_900,
      openCents: 49_400,
      totalCents: 54_300,
    })
  })
})

describe('export', () => {
  test('a stranger gets nothing, and a filter that makes no sense is refused', async () => {
    expect((await visit('/api/invoices/export')).status).toBe(401)
    for (const query of ['status=lost', 'from=yesterday', 'from=2026-05-01&to=2026-01-01']) {
      const response = await visit(`/api/invoices/export?${query}`, { as: ADA })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_request' } })
    }
  })

  test('the customer gets every line of what passes the filter, as CSV', async () => {
    const response = await visit('/api/invoices/export?status=open&from=2026-01-01&to=2026-06-30', {
      as: ADA,
    })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="invoices.csv"')
    expect(await response.text()).toBe(
      [
        '"invoice","issued_on","status","currency","description","quantity","unit_cents"',
        '12,"2026-04-19","open","EUR","Seats, month 1","4",1900',
        '12,"2026-04-19","open","EUR","Seats, month 2","5",1900',
        '12,"2026-04-19","open","EUR","Seats, month 3","1",1900',
        '',
      ].join('\r\n'),
    )
  })

  test('what a customer typed is no formula on the machine of the bookkeeper', async () => {
    await app.database.query(
      "insert into invoices values (700, 1, '2027-01-01', 'EUR', 'ch_700', 'void')",
    )
    const typed = [
      '=HYPERLINK("http://evil.example")',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      'Seats, "big"\nones',
    ]
    for (const [index, description] of typed.entries()) {
      await app.database.query("insert into invoice_lines values (700, $1, $2, '1', 1900)", [
        index,
        description,
      ])
    }
    const csv = await (await visit('/api/invoices/export?status=void', { as: ADA })).text()
    const cells = [...csv.matchAll(/"EUR","((?:[^"]|"")*)"/g)].map(([, cell]) => cell)
    expect(cells).toEqual([
      `'=HYPERLINK(""http://evil.example"")`,
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\t=1",
      'Seats, ""big""\nones',
    ])
  })
})

test('neither a password nor a session is in what was traced', () => {
  const traced = JSON.stringify(app.collector.spans, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  expect(traced).toContain('/api/session')
  for (const secret of [PASSWORD, SECRET, 'session=', 'demo-web-key'])
    expect(traced).not.toContain(secret)
})
