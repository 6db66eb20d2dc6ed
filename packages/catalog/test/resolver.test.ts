import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  createResolver,
  createUnownedResolver,
  parseCatalog,
  type Resolver,
  ROLES,
} from '../src/index.ts'

const text = readFileSync(new URL('fixtures/ownership.yaml', import.meta.url), 'utf8')
const today = new Date('2026-11-23')

function resolverOf(catalog: string): Resolver {
  const parsed = parseCatalog(catalog, { file: 'apps/ownership.yaml', today })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return createResolver(parsed.value)
}

/** Line on which the fixture holds `part`. */
function lineOf(part: string): number {
  const lines = text.split('\n')
  const found = lines.findIndex(line => line.includes(part))
  if (found === -1) throw new Error(`the fixture holds no ${part}`)
  return found + 1
}

const resolver = resolverOf(text)

describe('routes', () => {
  test('a route gives its team, audience and work, and the line that says so', () => {
    const line = lineOf('POST /api/billing/*')
    expect(resolver.route('web', 'POST', '/api/billing/plan')).toEqual({
      team: 'billing',
      audience: 'browser',
      work: 'request',
      unowned: undefined,
      decidedBy: {
        file: 'ownership.yaml',
        line,
        at: `ownership.yaml:${line}`,
        rule: 'POST /api/billing/*',
      },
    })
  })

  test.for([
    ['web', 'GET', '/invoices/7', 'billing', '/invoices/[id]'],
    ['web', 'GET', '/invoices/[id]', 'billing', '/invoices/[id]'],
    ['web', 'GET', '/invoices/new', 'growth', 'GET /invoices/new'],
    ['web', 'POST', '/invoices/new', 'billing', '/invoices/[id]'],
    ['web', 'GET', '/invoices', 'growth', '/invoices/**'],
    ['web', 'GET', '/invoices/[...all]', 'growth', '/invoices/**'],
    ['web', 'GET', '/api/invoices/export', 'data', 'GET /api/invoices/export'],
    ['web', 'HEAD', '/admin/users', 'security', 'GET /admin/*'],
    ['partner-api', 'GET', '/v1/invoices/:id', 'billing', 'GET /v1/invoices/:id'],
    ['partner-api', 'POST', '/v1/reports', 'partners', '* /v1/**'],
    ['partner-api', 'GET', '/v1/*', 'partners', '* /v1/**'],
  ] as const)('%s %s %s belongs to %s by %s', ([service, method, path, team, rule]) => {
    const owner = resolver.route(service, method, path)
    expect(owner).toMatchObject({ team, unowned: undefined, decidedBy: { rule } })
    expect(text.split('\n')[(owner.decidedBy?.line ?? 0) - 1]).toContain(rule)
  })

  test('a route that is unowned by design belongs to who fixes the service', () => {
    expect(resolver.route('web', 'GET', '/api/health')).toMatchObject({
      team: 'growth',
      unowned: 'by-design',
      decidedBy: { line: lineOf('GET /api/health') },
    })
  })

  test('what no rule matches belongs to who fixes the service, and counts as unlisted', () => {
    expect(resolver.route('web', 'GET', '/legacy')).toMatchObject({
      team: 'growth',
      unowned: 'unlisted',
      decidedBy: { line: lineOf('productionFix: growth'), rule: 'web productionFix' },
    })
  })

  test('without a team for the service, the default team answers', () => {
    expect(resolver.route('report-worker', 'GET', '/')).toMatchObject({
      team: 'platform',
      unowned: 'unlisted',
      decidedBy: { line: lineOf('defaultTeam'), rule: 'org.defaultTeam' },
    })
  })

  test('an unknown service gets an answer', () => {
    expect(resolver.route('nobody', 'GET', '/')).toMatchObject({
      team: 'platform',
      unowned: 'unlisted',
    })
  })

  test('the same answer is the same object', () => {
    const ask = (): unknown => resolver.route('web', 'GET', '/invoices/7')
    expect(ask()).toBe(ask())
    expect(resolver.route('web', 'GET', '/x')).toBe(resolver.route('web', 'GET', '/y'))
  })

  test.for([
    '',
    '/',
    '*',
    'unmatched',
    '/%',
    '//',
    '/a/'.repeat(10_000),
    '/'.repeat(100_000),
    '/__proto__',
    '/constructor',
  ])('a strange path gets an answer: %.20s', path => {
    expect(resolver.route('web', 'GET', path).team).toBe('growth')
  })
})

describe('hosts, databases and queues', () => {
  test.for([
    ['web', 'payments.example.com', 'billing', 'host payments.example.com'],
    ['web', 'payments.example.com:443', 'billing', 'host payments.example.com'],
    ['web', 'PAYMENTS.example.com', 'billing', 'host payments.example.com'],
    ['partner-api', 'payments.example.com:8443', 'partners', 'host payments.example.com:8443'],
    ['partner-api', 'files.s3.example.com', 'data', 'host *.s3.example.com'],
    ['web', 'partner-api:4000', 'partners', 'partner-api productionFix'],
    ['nobody', 'app.example.com', 'growth', 'web productionFix'],
  ] as const)('a call from %s to %s is answered for by %s: %s', ([service, host, team, rule]) => {
    const owner = resolver.host(service, host)
    expect(owner).toMatchObject({ team, unowned: undefined, decidedBy: { rule } })
  })

  test('a host that nothing lists is unlisted, and the caller answers', () => {
    expect(resolver.host('web', 'api.example.net')).toMatchObject({
      team: 'growth',
      unowned: 'unlisted',
    })
    expect(resolver.host('partner-api', 'payments.example.com')).toMatchObject({
      team: 'partners',
      unowned: 'unlisted',
    })
  })

  test('a service is known by its hosts, with port and wildcard', () => {
    expect(resolver.serviceByHost('app.example.com')).toBe('web')
    expect(resolver.serviceByHost('app.example.com:443')).toBe('web')
    expect(resolver.serviceByHost('web:3000')).toBe('web')
    expect(resolver.serviceByHost('web')).toBeUndefined()
    expect(resolver.serviceByHost('eu.partners.example.com')).toBe('partner-api')
    expect(resolver.serviceByHost('payments.example.com')).toBeUndefined()
  })

  test('a database belongs to the team of its dependency, with its schema or without', () => {
    expect(resolver.database('web', 'app')).toMatchObject({
      team: 'platform',
      decidedBy: { rule: 'db app' },
    })
    expect(resolver.database('web', 'app|pgboss')).toBe(resolver.database('web', 'app'))
    expect(resolver.database('web', 'other')).toMatchObject({ team: 'growth', unowned: 'unlisted' })
  })

  test('a queue belongs to the team that the service names, else to the one that any service names', () => {
    expect(resolver.queue('web', 'reports')).toMatchObject({ team: 'data', work: 'job' })
    expect(resolver.queue('report-worker', 'invoices')).toMatchObject({
      team: 'billing',
      work: 'export',
    })
    expect(resolver.queue('partner-api', 'reports')).toBe(resolver.queue('web', 'reports'))
    expect(resolver.queue(undefined, 'reports')).toBe(resolver.queue('web', 'reports'))
    expect(resolver.queue('web', 'other')).toMatchObject({ team: 'growth', unowned: 'unlisted' })
    expect(resolver.queue(undefined, 'other')).toMatchObject({
      team: 'platform',
      unowned: 'unlisted',
    })
  })
})

describe('roles and objectives', () => {
  test('a role comes from the service, with its line', () => {
    expect(resolver.role('web', 'authReview')).toMatchObject({
      team: 'security',
      decidedBy: { line: lineOf('authReview: security'), rule: 'web authReview' },
    })
  })

  test('a role that the service does not name falls to the default team', () => {
    expect(resolver.role('web', 'incidentComms')).toMatchObject({
      team: 'platform',
      decidedBy: { rule: 'org.defaultTeam' },
    })
  })

  test('a route overrides the roles it names, and its team fixes it in production', () => {
    const endpoint = { method: 'GET', path: '/api/invoices/export' }
    expect(resolver.role('web', 'performance', endpoint)).toMatchObject({
      team: 'platform',
      decidedBy: { line: lineOf('performance: platform') },
    })
    expect(resolver.role('web', 'productionFix', endpoint)).toMatchObject({
      team: 'data',
      decidedBy: { line: lineOf('match: GET /api/invoices/export') },
    })
    expect(resolver.role('web', 'authReview', endpoint)).toMatchObject({ team: 'security' })
  })

  test('every role resolves, of a service that is not there too', () => {
    for (const role of ROLES) expect(resolver.role('nobody', role).team).toBe('platform')
  })

  test('an objective comes with the line that says so', () => {
    expect(resolver.objective('web', 'POST', '/api/billing/plan')).toMatchObject({
      availability: 99.9,
      latency: { p95: { text: '400ms', ms: 400 }, p50: undefined },
      decidedBy: { line: lineOf('POST /api/billing/*') },
    })
    expect(resolver.objective('web', 'GET', '/admin/users')).toBeUndefined()
    expect(resolver.objective('nobody', 'GET', '/')).toBeUndefined()
  })
})

test('without a catalog everything gets an answer, and no team', () => {
  const unowned = createUnownedResolver()
  const nobody = { team: undefined, unowned: 'unlisted', decidedBy: undefined }
  expect(unowned.route('web', 'GET', '/')).toMatchObject(nobody)
  expect(unowned.host('web', 'a.example.com')).toMatchObject(nobody)
  expect(unowned.database('web', 'app')).toMatchObject(nobody)
  expect(unowned.queue(undefined, 'reports')).toMatchObject(nobody)
  expect(unowned.role('web', 'data')).toEqual({ team: undefined, decidedBy: undefined })
  expect(unowned.objective('web', 'GET', '/')).toBeUndefined()
  expect(unowned.serviceByHost('web:3000')).toBeUndefined()
})
