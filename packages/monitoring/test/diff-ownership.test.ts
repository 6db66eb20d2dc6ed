import { expect, test } from 'vitest'
import { compileRules } from '../src/alerts/compile-rules.ts'
import type { Version } from '../src/review/diff-alerts.ts'
import { diffOwnership } from '../src/review/diff-ownership.ts'
import type { OwnershipDiff } from '../src/review/ownership-diff.ts'
import { renderDiffMarkdown } from '../src/review/render-diff-markdown.ts'
import { renderDiffText } from '../src/review/render-diff-text.ts'
import { ownershipOf } from './read-ownership.ts'

const before = `version: 1
org: { defaultTeam: platform, leads: ["@acme/leads"] }
teams:
  billing: { name: Billing, lead: "@b", github: "@acme/billing", channels: { page: pagerduty:env:PD_B, ticket: "#billing" } }
  growth: { name: Growth, lead: "@g", github: "@acme/growth", channels: { page: pagerduty:env:PD_G, ticket: "#growth" } }
  platform: { name: Platform, channels: { ticket: "#platform" } }
services:
  web:
    kind: next
    criticality: critical
    roles: { productionFix: growth, performance: growth }
    routes:
      - { match: "POST /api/billing/*", team: billing, objective: { availability: 99.9 } }
      - { match: "GET /api/billing/*", team: billing }
      - { match: "GET /", team: growth }
    queues: [{ name: mails, team: billing }]
    dependencies: [{ db: app, team: platform }, { host: "pay.example:443", team: billing }]
`

function version(text: string): Version {
  const ownership = ownershipOf(text)
  return { ownership, rules: compileRules(ownership) }
}
const diff = (after: string): OwnershipDiff => diffOwnership(version(before), version(after))

/** `AvailabilityBurnFast web POST /x: billing-page → growth-page`, sorted. */
const alertsOf = ({ alerts }: OwnershipDiff): string[] =>
  alerts
    .map(({ alert, about, from, to }) => `${alert} ${about}: ${from?.receiver} → ${to?.receiver}`)
    .toSorted()

const moved = diff(
  before.replace('"POST /api/billing/*", team: billing', '"POST /api/billing/*", team: growth'),
)

test('a route that moves is named with both teams and both lines', () => {
  expect(moved.moves).toEqual([
    {
      kind: 'route',
      what: 'web POST /api/billing/*',
      role: undefined,
      from: 'billing',
      to: 'growth',
      decidedBefore: 'ownership.yaml:13',
      decidedNow: 'ownership.yaml:13',
    },
  ])
})

test('each alert that moves with it is named with its receivers, and none that stays', () => {
  expect(alertsOf(moved)).toEqual([
    'AvailabilityBurnFast web POST /api/billing/*: billing-page → growth-page',
    'AvailabilityBurnMedium web POST /api/billing/*: billing-page → growth-page',
    'AvailabilityBurnSlow web POST /api/billing/*: billing-ticket → growth-ticket',
    'AvailabilityBurnSlow web POST /api/billing/*: billing-ticket → growth-ticket',
    // Its rule says no method. Pages are loaded by GET, which stays, and so does what fails in them.
    'ReplaysBlocked web GET /api/billing/*: billing-ticket → growth-ticket',
    'ReplaysBlocked web POST /api/billing/*: billing-ticket → growth-ticket',
  ])
})

test('each dashboard that moves with it is named', () => {
  const about = moved.dashboards.filter(({ about: what }) => what.length > 0)
  expect(about.map(({ from, to }) => `${from?.uid} → ${to?.uid}`)).toEqual(
    expect.arrayContaining([
      'billing-route-detail → growth-route-detail',
      'billing-slo → growth-slo',
      'billing-team-home → growth-team-home',
    ]),
  )
})

test('the losing and the gaining team must approve', () => {
  expect(moved.approvals).toEqual([
    {
      team: 'billing',
      lead: '@b',
      github: '@acme/billing',
      because: ['loses web POST /api/billing/*'],
    },
    {
      team: 'growth',
      lead: '@g',
      github: '@acme/growth',
      because: ['gains web POST /api/billing/*'],
    },
  ])
})

test('the text and the comment name the route, and each alert, receiver and dashboard', () => {
  for (const text of [renderDiffText(moved), renderDiffMarkdown(moved)]) {
    expect(text).toContain('web POST /api/billing/*')
    expect(text).toContain('@acme/growth')
    for (const { alert, from, to } of moved.alerts) {
      expect(text).toContain(alert)
      expect(text).toContain(`${from?.receiver} → ${to?.receiver}`)
    }
    for (const { from, to } of moved.dashboards) {
      expect(text).toContain(from?.uid ?? to?.uid)
      expect(text).toContain(to?.uid ?? from?.uid)
    }
  }
})

test('the same catalog moves nothing', () => {
  const same = diff(`# a comment\n${before}`)
  expect(same).toMatchObject({ moves: [], alerts: [], channels: [], dashboards: [], approvals: [] })
  expect(renderDiffText(same)).toBe('Nobody owns anything else than before.\n')
})

test('an objective that changes moves no alert', () => {
  expect(alertsOf(diff(before.replace('99.9', '99.5')))).toEqual([])
})

test('an objective that goes takes its alerts along, and its route to those without one', () => {
  const gone = alertsOf(diff(before.replace(', objective: { availability: 99.9 }', '')))
  expect(gone).toContain('AvailabilityBurnFast web POST /api/billing/*: billing-page → undefined')
  expect(gone).toContain('HttpErrorRatioHigh web POST /api/billing/*: undefined → billing-page')
})

test('a route that is removed falls to the team of the service', () => {
  const removed = diff(
    before.replace('      - { match: "GET /api/billing/*", team: billing }\n', ''),
  )
  expect(removed.routes).toEqual({ added: [], removed: ['web GET /api/billing/*'] })
  expect(removed.moves).toMatchObject([
    { what: 'web GET /api/billing/*', from: 'billing', to: 'growth' },
  ])
  expect(alertsOf(removed)).toContain(
    'HttpErrorRatioHigh web GET /api/billing/*: billing-page → growth-page',
  )
})

test('a role of a service takes the alerts of that role along, for the service and for what no line lists', () => {
  const role = diff(before.replace('productionFix: growth', 'productionFix: platform'))
  expect(role.moves).toMatchObject([
    { kind: 'role', what: 'web', role: 'productionFix', from: 'growth', to: 'platform' },
  ])
  const alerts = alertsOf(role)
  expect(alerts).toContain('ServiceTelemetryMissing web: growth-page → platform-page')
  expect(alerts).toContain(
    'HttpErrorRatioHigh web, routes that no line lists: growth-page → platform-page',
  )
  expect(alerts.join('\n')).not.toContain('web GET /:')
  expect(alerts.join('\n')).not.toContain('HttpLatencyHigh')
})

test('a queue, a host and a database move with their alerts', () => {
  const others = diff(
    before
      .replace('name: mails, team: billing', 'name: mails, team: growth')
      .replace('"pay.example:443", team: billing', '"pay.example:443", team: growth')
      .replace('db: app, team: platform', 'db: app, team: growth'),
  )
  expect(others.moves.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
    'queue: web queue mails',
    'dependency: web db app',
    'dependency: web host pay.example:443',
  ])
  const alerts = alertsOf(others).join('\n')
  expect(alerts).toContain('QueueFailing web queue mails: billing-ticket → growth-ticket')
  expect(alerts).toContain(
    'DependencySlow web host pay.example:443: billing-ticket → growth-ticket',
  )
  expect(alerts).toContain('DatabaseOperationsSlow web db app: platform-ticket → growth-ticket')
})

test('a channel that changes is named, and its team asked', () => {
  const channel = diff(before.replace('PD_B', 'PD_BILLING'))
  expect(channel.channels).toEqual([
    {
      team: 'billing',
      severity: 'page',
      from: 'pagerduty:env:PD_B',
      to: 'pagerduty:env:PD_BILLING',
    },
  ])
  expect(channel.approvals).toMatchObject([
    { team: 'billing', because: ['hears of its page alerts elsewhere'] },
  ])
  expect(channel.alerts).toEqual([])
})

test('the monitoring itself moves with the default team', () => {
  const other = diff(before.replace('defaultTeam: platform', 'defaultTeam: growth'))
  expect(alertsOf(other)).toContain(
    'CollectorDown the monitoring itself: platform-page → growth-page',
  )
  expect(other.moves[0]).toMatchObject({ kind: 'default', from: 'platform', to: 'growth' })
})

test('a new team has alerts of its own, and takes none from the others', () => {
  const more = diff(
    before.replace('services:', '  new: { name: New, reviewedAt: 2026-10-01 }\nservices:'),
  )
  expect(more.teams).toEqual({ added: ['new'], removed: [] })
  expect(new Set(more.alerts.map(({ about }) => about))).toEqual(new Set(['team new']))
})

test('without an earlier version all is new', () => {
  const first = diffOwnership(undefined, version(before))
  expect(first.services).toEqual({ added: ['web'], removed: [] })
  expect(first.moves.length).toBeGreaterThan(5)
  expect(first.moves.every(({ kind, from }) => kind === 'default' || from === undefined)).toBe(true)
  expect(first.alerts.every(({ from }) => from === undefined)).toBe(true)
})

test('a comment stays below what GitHub takes, and says what it left out', () => {
  const routes = Array.from(
    { length: 2000 },
    (_, index) => `      - { match: "GET /r/${index}", team: billing }`,
  )
  const many = before.replace('    routes:\n', `    routes:\n${routes.join('\n')}\n`)
  const big = diffOwnership(
    version(many),
    version(many.replaceAll(/(\/r\/\d+", team: )billing/g, '$1growth')),
  )
  const comment = renderDiffMarkdown(big)
  expect(big.moves).toHaveLength(2000)
  expect(comment.length).toBeLessThan(65_536)
  expect(comment).toContain('<details><summary>')
  expect(comment).toMatch(/and \d+ more/)
})

test('names cannot break the comment', () => {
  const odd = before.replace('name: mails', 'name: "a|b `c` <img>"')
  const text = renderDiffMarkdown(
    diffOwnership(
      version(odd),
      version(odd.replace('<img>", team: billing', '<img>", team: growth')),
    ),
  )
  expect(text).toContain('`` web queue a\\|b `c` <img> ``')
})
