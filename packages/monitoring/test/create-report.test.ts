import { expect, test } from 'vitest'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { createCodeRoute } from '../src/lint/routes-in-code/code-route.ts'
import { createReport, type ReportOptions } from '../src/review/create-report.ts'
import type { OwnershipReport } from '../src/review/ownership-report.ts'
import { listDecisions } from '../src/review/report-decisions.ts'
import { exampleOwnership, ownershipOf } from './read-ownership.ts'

const text = `version: 1
org: { defaultTeam: platform }
teams:
  billing: { name: Billing, reviewedAt: 2026-09-01, channels: { ticket: "#billing" } }
  platform: { name: Platform, reviewedAt: 2026-11-01, channels: { page: pagerduty:env:PD, ticket: "#platform" } }
services:
  web:
    kind: node
    roles: { productionFix: billing, authReview: platform }
    routes:
      - { match: "GET /", team: billing, audience: public, objective: { availability: 99.9, latency: { p95: 400ms } } }
      - { match: "GET /health", unowned: by-design }
    reviewedAt: 2026-11-01
    reviewEvery: 30d
exceptions:
  - { rule: route-unowned, target: "web /legacy/**", until: 2026-12-24, reason: R, by: billing }
`

function report(today: string, more: Partial<ReportOptions> = {}, catalog = text): OwnershipReport {
  const ownership = ownershipOf(catalog)
  return createReport(ownership, compileRules(ownership), { today, ...more })
}

const stateOf = (today: string, name: string): string | undefined =>
  report(today).reviews.find(review => review.name === name)?.state

test('the sentence says how many routes have a team, and what is late', () => {
  expect(report('2026-11-20').sentence).toBe(
    '1 of 2 routes has a team; 1 is unowned by design; no review is overdue.',
  )
  expect(report('2026-12-01').sentence).toBe(
    '1 of 2 routes has a team; 1 is unowned by design; 1 review is overdue (billing, 1 day); 1 exception ends within 30 days.',
  )
})

test.for([
  ['2026-11-30', 'billing', 'soon'],
  ['2026-12-01', 'billing', 'overdue'],
  ['2026-11-23', 'web', 'fine'],
  ['2026-11-24', 'web', 'soon'],
  ['2026-12-01', 'web', 'soon'],
  ['2026-12-02', 'web', 'overdue'],
] as const)('on %s the review of %s is %s', ([today, name, state]) => {
  expect(stateOf(today, name)).toBe(state)
})

test('the most urgent review comes first, and one that was never done before all', () => {
  const never = text.replace('name: Platform, reviewedAt: 2026-11-01', 'name: Platform')
  const names = report('2026-11-20', {}, never).reviews.map(({ name, state }) => `${name} ${state}`)
  expect(names).toEqual(['platform never', 'billing soon', 'web fine'])
})

test('a review that an exception lets wait is not overdue', () => {
  const excepted = `${text}  - { rule: review-overdue, target: billing, until: 2027-02-01, reason: R, by: billing }\n`
  expect(report('2026-12-20', {}, excepted).sentence).not.toContain('billing')
})

test.for([
  ['2026-11-23', false],
  ['2026-11-24', true],
] as const)('on %s the exception ends soon: %s', ([today, soon]) => {
  expect(report(today).exceptions).toMatchObject([{ soon, until: '2026-12-24' }])
})

test('each role of a service names its team and its line, or that it has it by default', () => {
  const [service] = report('2026-11-20').services
  expect(service?.roles.find(({ role }) => role === 'authReview')).toEqual({
    role: 'authReview',
    team: 'platform',
    decidedBy: 'ownership.yaml:9',
    byDefault: false,
  })
  expect(service?.roles.find(({ role }) => role === 'data')).toMatchObject({
    team: 'platform',
    byDefault: true,
  })
  expect(service?.roles).toHaveLength(8)
})

test('a team says where it is reached, and whose channel that is', () => {
  const [billing] = report('2026-11-20').teams
  expect(billing).toMatchObject({
    id: 'billing',
    routes: 1,
    services: ['web'],
    ticket: { channel: '#billing', channelTeam: 'billing' },
  })
})

test('every alert names team, role, severity, receiver, channel and runbook, pages first', () => {
  const ownership = exampleOwnership()
  const rules = compileRules(ownership)
  const { alerts } = createReport(ownership, rules, { today: '2026-11-24' })
  const total = rules.flatMap(({ alerts: groups }) => groups.flatMap(group => group.rules)).length
  expect(alerts).toHaveLength(total)
  for (const { team, role, severity, receiver, channel, runbook, alert } of alerts) {
    expect([team, role, severity, receiver].every(value => value.length > 0)).toBe(true)
    expect(runbook).toMatch(/docs\/runbooks\/[a-z-]+\.md$/)
    if (alert !== 'Watchdog')
      expect([receiver, channel]).toEqual([`${team}-${severity}`, expect.any(String)])
  }
  const severities = alerts.map(({ severity }) => severity)
  expect(severities.lastIndexOf('page')).toBeLessThan(severities.indexOf('ticket'))
})

test('routes that only the code has are listed, with the team that is told for now', () => {
  const routesInCode = ['/', '/coupons', '/health'].flatMap(
    path => createCodeRoute('web', 'GET', path, `src${path}.ts`) ?? [],
  )
  const found = report('2026-11-20', { routesInCode })
  expect(found.unlisted).toEqual([
    { service: 'web', method: 'GET', path: '/coupons', at: 'src/coupons.ts', team: 'billing' },
  ])
  expect(found.coverage).toEqual({ routes: 3, owned: 1, unownedByDesign: 1, unlisted: 1 })
  expect(found.sentence).toContain('1 is in the code and not in the catalog')
  expect(report('2026-11-20').unlisted).toBe(undefined)
})

test('what waits for a decision is one line a team, the overdue first', () => {
  const found = listDecisions(report('2026-12-01'))
  expect(found.map(({ state, what, mend }) => [state, what, mend])).toEqual([
    [
      'overdue for 1 day',
      'Review of what the team owns, and of who owns web',
      'throughline owners confirm billing',
    ],
    [
      'ends in 23 days',
      'Exception from route-unowned for web /legacy/**',
      'mend what it silences, or write a later day',
    ],
  ])
})

test('a team whose alerts reach others, or nobody, waits for a channel', () => {
  const silent = text.replace(', channels: { ticket: "#billing" }', '')
  expect(listDecisions(report('2026-11-05', {}, silent))).toMatchObject([
    { level: 'soon', state: 'reaches platform', team: 'billing' },
  ])
  const lost = silent.replace(', channels: { page: pagerduty:env:PD, ticket: "#platform" }', '')
  expect(listDecisions(report('2026-11-05', {}, lost)).map(({ state }) => state)).toContain(
    'reaches nobody',
  )
})

test('the data is plain: it survives JSON', () => {
  const found = report('2026-11-20')
  const parsed = JSON.parse(JSON.stringify(found)) as OwnershipReport
  expect(parsed.schema).toBe(1)
  expect(parsed.alerts).toEqual(JSON.parse(JSON.stringify(found.alerts)))
})
