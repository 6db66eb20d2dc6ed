import { describe, expect, test } from 'vitest'
import { ALERTS, type AlertName } from '../src/alerts/alert-list.ts'
import type { AlertRule } from '../src/alerts/alert-rule.ts'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { exampleOwnership, exampleText, ownershipOf } from './read-ownership.ts'

const alertsOf = (rules: ReturnType<typeof compileRules>): AlertRule[] =>
  rules.flatMap(({ alerts }) => alerts.flatMap(group => group.rules))

const examples = compileRules(exampleOwnership())
const alerts = alertsOf(examples)

describe('the rules of the examples', () => {
  test('hold every alert there is', () => {
    const seen = new Set(alerts.map(({ alert }) => alert))
    expect(Object.keys(ALERTS).filter(name => !seen.has(name as AlertName))).toEqual([])
  })

  test('stand in the folder of the team that gets them', () => {
    for (const { team, alerts: groups } of examples)
      for (const { labels } of groups.flatMap(group => group.rules)) expect(labels.team).toBe(team)
  })

  test('each has its own uid, and its own labels among those of its name', () => {
    const uids = alerts.map(({ uid }) => uid)
    expect(new Set(uids).size).toBe(uids.length)
    expect(uids.filter(uid => uid.length > 40)).toEqual([])
    const identities = alerts.map(({ alert, labels }) => JSON.stringify([alert, labels]))
    expect(new Set(identities).size).toBe(identities.length)
  })

  test('write no value into a label: each evaluation would be another alert', () => {
    for (const { labels } of alerts) expect(JSON.stringify(labels)).not.toContain('{{')
  })

  test('are the same each time', () => {
    expect(compileRules(exampleOwnership())).toEqual(examples)
  })

  test('leave out no request when a route moves to another team', () => {
    const moved = ownershipOf(
      exampleText.replace(
        'match: "POST /api/billing/plan", team: billing',
        'match: "POST /api/billing/plan", team: growth',
      ),
    )
    const burn = (rules: readonly AlertRule[]): string[] =>
      rules
        .filter(
          ({ alert, expr }) =>
            alert === 'AvailabilityBurnFast' && expr.includes('/api/billing/plan'),
        )
        .map(({ labels }) => labels.team)
    expect(burn(alerts)).toEqual(['billing'])
    expect(burn(alertsOf(compileRules(moved)))).toEqual(['growth'])
  })
})

const HEAD = `version: 1
org: { defaultTeam: rest }
teams: { rest: { name: Rest }, blue: { name: Blue }, coral: { name: Coral } }
services:
`

const compileText = (services: string): AlertRule[] =>
  alertsOf(compileRules(ownershipOf(HEAD + services)))
const find = (rules: readonly AlertRule[], name: AlertName): AlertRule[] =>
  rules.filter(({ alert }) => alert === name)

describe('who gets an alert', () => {
  test('a route that nothing lists: the team of the service, marked as default', () => {
    const rules = compileText(`  api:
    kind: node
    roles: { productionFix: coral }
    routes: [{ match: "GET /a", team: blue }]
`)
    expect(
      find(rules, 'HttpErrorRatioHigh').map(({ labels: { team, ownership }, expr }) => [
        team,
        ownership,
        expr.includes('http_route="/a"'),
        expr.includes('http_route!="/a"'),
      ]),
    ).toEqual([
      ['blue', 'listed', true, false],
      ['coral', 'default', false, true],
    ])
  })

  test('a service that names nobody: the org’s default team', () => {
    const rules = compileText('  api: { kind: node }\n')
    expect(new Set(rules.map(({ labels }) => labels.team))).toEqual(new Set(['rest']))
    expect(find(rules, 'HeapNearLimit')[0]?.annotations.decided_by).toBe(
      'ownership.yaml: org.defaultTeam',
    )
  })

  test('a latency objective: the team that watches performance, not the one that fixes', () => {
    const rules = compileText(`  api:
    kind: node
    roles: { productionFix: coral, performance: blue }
    routes: [{ match: "GET /a", team: coral, objective: { availability: 99.9, latency: { p95: 400ms } } }]
`)
    expect(find(rules, 'AvailabilityBurnFast').map(({ labels }) => labels.team)).toEqual(['coral'])
    expect(find(rules, 'LatencyBurnFast').map(({ labels }) => labels.team)).toEqual(['blue'])
  })

  test('a role that a route gives to somebody else is theirs for that route only', () => {
    const rules = compileText(`  api:
    kind: node
    roles: { productionFix: coral, performance: coral }
    routes: [{ match: "GET /a", team: coral, roles: { performance: blue } }]
`)
    expect(
      find(rules, 'HttpLatencyHigh').map(({ labels, expr }) => [
        labels.team,
        expr.includes('http_route="/a"'),
      ]),
    ).toEqual([
      ['blue', true],
      ['coral', false],
    ])
  })

  test('abuse: whoever reviews sign-in, but for repeats, which are told to the team of the route', () => {
    const rules = compileText(`  api:
    kind: node
    roles: { productionFix: coral, authReview: rest }
    routes: [{ match: "POST /a", team: blue }, { match: "GET /b", team: coral, roles: { authReview: blue } }]
`)
    const told = (name: AlertName): (string | undefined)[][] =>
      find(rules, name).map(({ labels: { team, ownership }, expr }) => [
        team,
        ownership,
        /http_route!?[=~][^,}]*/.exec(expr)?.[0],
      ])
    const reviewed = [
      ['blue', 'listed', 'http_route="/b"'],
      ['rest', undefined, 'http_route!="/b"'],
    ]
    expect(told('ReplaysBlocked')).toEqual([
      ['blue', 'listed', 'http_route="/a"'],
      ['coral', 'listed', 'http_route="/b"'],
      ['coral', 'default', 'http_route!~"/a|/b"'],
    ])
    for (const name of ['AudienceMismatch', 'TokenVerificationFailing'] as const)
      expect(told(name), name).toEqual(reviewed)
    expect(
      find(rules, 'AuthBruteForceSingleSource').map(({ labels, expr }) => [
        labels.team,
        expr.includes('http_route="/b"'),
      ]),
    ).toEqual([
      ['blue', true],
      ['rest', false],
    ])
  })

  test('errors in the browser: the team of the page, and only where pages are served', () => {
    const rules =
      compileText(`  site: { kind: next, routes: [{ match: "GET /a", team: blue }, { match: "POST /a", team: coral }] }
  api: { kind: node }
`)
    expect(
      find(rules, 'BrowserErrorsHigh').map(({ labels: { service, team } }) => [service, team]),
    ).toEqual([
      ['site', 'blue'],
      ['site', 'rest'],
    ])
  })

  test('a service of others has no alerts of its own', () => {
    expect(
      compileText('  stripe: { kind: external }\n').filter(
        ({ labels }) => labels.service !== 'all',
      ),
    ).toEqual([])
  })
})

describe('what wakes somebody', () => {
  const severities = (criticality: string): Record<string, string> => {
    const rules = compileText(`  api:
    kind: node
    criticality: ${criticality}
    dependencies: [{ host: pay.example, team: blue, critical: true }, { host: mail.example, team: blue }]
`)
    return Object.fromEntries(
      rules.map(({ alert, labels }) => [
        `${alert} ${labels['dependency'] ?? ''}`.trim(),
        labels.severity,
      ]),
    )
  }

  test('in a critical service: failing routes, and failing calls to what is critical to it', () => {
    expect(severities('critical')).toMatchObject({
      HttpErrorRatioHigh: 'page',
      ServiceTelemetryMissing: 'page',
      'DependencyErrorRatioHigh pay.example': 'page',
      'DependencyErrorRatioHigh mail.example': 'ticket',
    })
  })

  test('credentials that nobody can verify: users are thrown out, whose fault it is not', () => {
    expect(severities('high')).toMatchObject({ TokenVerificationFailing: 'page' })
    expect(severities('medium')).toMatchObject({ TokenVerificationFailing: 'ticket' })
  })

  test('in a service that matters less: nothing that can wait until the morning', () => {
    const all = severities('low')
    expect(
      Object.entries(all).filter(
        ([name, severity]) => severity === 'page' && !/^(Collector|Rule|Notif)/.test(name),
      ),
    ).toEqual([])
  })
})

describe('an error budget', () => {
  const factors = (availability: number): number[] =>
    compileText(`  api:
    kind: node
    routes: [{ match: "GET /a", team: blue, objective: { availability: ${availability} } }]
`)
      .filter(({ alert }) => alert.startsWith('AvailabilityBurn'))
      .map(({ expr }) => Number(/> ([\d.]+) and/.exec(expr)?.[1]))

  test('burns by the table of windows, in whole decimals', () => {
    expect(factors(99.9)).toEqual([0.0144, 0.006, 0.003, 0.001])
    expect(factors(99.95)).toEqual([0.0072, 0.003, 0.0015, 0.0005])
  })

  test('that is large cannot burn faster than every request failing', () => {
    expect(factors(90)).toEqual([0.6, 0.3, 0.1])
  })
})

describe('a decision', () => {
  const decision = (trigger: string): AlertRule[] =>
    find(
      compileText(
        `  api: { kind: node, routes: [{ match: "GET /a", team: blue }] }
decisions:
  - id: split
    question: Split it?
    chosen: stay
    on: 2026-10-02
    by: coral
    revisitWhen: [{ route: "api GET /a", ${trigger} }]
`,
      ),
      'BoundaryTriggerMet',
    )

  test('has an alert for a trigger that can be measured, for the team that decided', () => {
    const [rule] = decision('p95: ">400ms", for: 7d')
    expect(rule?.labels.team).toBe('coral')
    expect(rule?.expr).toContain('min_over_time(')
    expect(rule?.expr).toContain('[7d]) > 0.4')
  })

  test('has none for a trigger of which a part cannot be measured yet', () => {
    expect(decision('p95: ">400ms", cpuShare: ">0.5"')).toEqual([])
  })
})
