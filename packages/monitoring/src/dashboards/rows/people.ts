import type { Matchers } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createLabelTable } from '../panels/table.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { select } from '../queries.ts'

/** Which team has each route of the catalog. */
export const routeOwnerTable = (scope: DashboardScope, which: Matchers, width: number): Panel =>
  createLabelTable(scope, {
    title: 'Routes in the catalog',
    says: 'Each line of the catalog that is about a route, with its team, audience and kind of work. Traffic on a route that no line matches belongs to the team that fixes the service.',
    width,
    noValue: 'No routes in the catalog',
    labels: [
      { label: 'service', title: 'Service' },
      { label: 'route', title: 'Route' },
      { label: 'team', title: 'Team' },
      { label: 'audience', title: 'Audience' },
      { label: 'work', title: 'Work' },
    ],
    expr: `max by (service, route, team, audience, work) (${select(RECORDED.routeOwner, which)})`,
  })

/** Which team has each role of services. */
export const roleTable = (scope: DashboardScope, which: Matchers, width: number): Panel =>
  createLabelTable(scope, {
    title: 'Roles',
    says: 'Who fixes a service in production, approves schema changes, reviews auth changes, watches performance and tells product.',
    width,
    noValue: 'No roles',
    labels: [
      { label: 'service', title: 'Service' },
      { label: 'role', title: 'Role' },
      { label: 'team', title: 'Team' },
    ],
    expr: `max by (service, role, team) (${select(RECORDED.roleHolder, which)})`,
  })

/** How many routes each team has. */
export const routesByTeam = (scope: DashboardScope, width: number): Panel =>
  createTimeSeries(scope, {
    title: 'Routes by team',
    says: 'Lines of the catalog about routes, by team. A team with far more than others may own things that it does not know.',
    unit: 'short',
    width,
    stacked: true,
    noValue: 'No routes in the catalog',
    queries: [{ expr: `count by (team) (${RECORDED.routeOwner})`, legend: '{{team}}' }],
  })
