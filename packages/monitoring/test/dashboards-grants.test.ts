import { ROLES } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { ALERTS, type DashboardKey } from '../src/alerts/alert-list.ts'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { grantDashboards } from '../src/dashboards/dashboard-grants.ts'
import { dashboardUid } from '../src/dashboards/dashboard-uid.ts'
import type { Ownership } from '../src/ownership.ts'
import { exampleOwnership, ownershipOf } from './read-ownership.ts'

/** Keys of each team's dashboards. */
const dashboardsOf = (ownership: Ownership): ReadonlyMap<string, readonly DashboardKey[]> =>
  new Map([...grantDashboards(ownership)].map(([team, grants]) => [team, [...grants.keys()]]))

/** A team for each role, and nothing else. */
const teamForRole = dashboardsOf(
  ownershipOf(`version: 1
org: { defaultTeam: other }
teams:
  other: { name: Other }
${ROLES.map(role => `  ${role.toLowerCase()}: { name: ${role} }`).join('\n')}
services:
  web: { kind: node, roles: { ${ROLES.map(role => `${role}: ${role.toLowerCase()}`).join(', ')} } }
`),
)

test.for(Object.entries(ALERTS))(
  'a team that is told of %s has its dashboard',
  ([, { role, dashboard }]) => {
    expect(teamForRole.get(role.toLowerCase())).toContain(dashboard)
  },
)

test('every rule of the examples links to a dashboard that its team has', () => {
  const ownership = exampleOwnership()
  const uids = new Set(
    [...dashboardsOf(ownership)].flatMap(([team, keys]) =>
      keys.map(key => dashboardUid(key, team)),
    ),
  )
  const rules = compileRules(ownership).flatMap(({ alerts }) =>
    alerts.flatMap(group => group.rules),
  )
  expect(rules.length).toBeGreaterThan(100)
  const lost = rules.filter(({ annotations }) => {
    const [, uid = ''] = /\/d\/([^?]+)/.exec(annotations.dashboard_url) ?? []
    return !uids.has(uid)
  })
  expect(lost.map(({ alert, labels }) => `${labels.team} ${alert}`)).toEqual([])
})

test('a team gets what its routes, its roles and its dependencies call for, and no more', () => {
  const dashboards = dashboardsOf(exampleOwnership())
  expect(dashboards.get('billing')).toEqual([
    'auth-and-abuse',
    'dependencies',
    'ownership',
    'route-detail',
    'slo',
    'team-home',
  ])
  expect(dashboards.get('growth')).toContain('boundary')
  expect(dashboards.get('platform')).toContain('telemetry-health')
  expect(dashboards.get('growth')).not.toContain('telemetry-health')
})

/** The dashboards where Core runs a service and Side has what `service` says. */
const small = (service: string): ReturnType<typeof dashboardsOf> =>
  dashboardsOf(
    ownershipOf(`version: 1
org: { defaultTeam: core }
teams: { core: { name: Core }, side: { name: Side } }
services:
  web: { kind: node, roles: { productionFix: core }, ${service} }
`),
  )

test('a team that holds nothing has a home, and sees who owns what', () => {
  expect(small('routes: []').get('side')).toEqual(['ownership', 'team-home'])
})

test('a team with a queue alone sees jobs and no routes', () => {
  const dashboards = small('queues: [{ name: mail, team: side }]')
  expect(dashboards.get('side')).toEqual(['data-and-queues', 'ownership', 'team-home'])
})

test('a role for one route brings what the role calls for', () => {
  const dashboards = small(
    'routes: [{ match: "GET /a", team: core, roles: { performance: side } }]',
  )
  expect(dashboards.get('side')).toEqual(expect.arrayContaining(['boundary', 'route-detail']))
})

test('a decision without a measured condition brings no dashboard about services', () => {
  const dashboards = dashboardsOf(
    ownershipOf(`version: 1
org: { defaultTeam: core }
teams: { core: { name: Core }, side: { name: Side } }
services:
  web: { kind: node, roles: { productionFix: core } }
decisions:
  - { id: split, question: Split?, chosen: stay, on: 2026-09-01, by: side, revisitWhen: [] }
`),
  )
  expect(dashboards.get('side')).toEqual(['ownership', 'team-home'])
})
