import { BY_ROUTE, type Matchers, series, seriesOf } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createStat } from '../panels/stat.ts'
import { createTable } from '../panels/table.ts'
import { anyText, share, sumBy } from '../queries.ts'

/** A path without a route cannot be listed. */
const KNOWN: Matchers = { http_route: '!~|unmatched|overflow' }

/** Requests at routes that no line of the catalog lists, of the dashboard's services. */
export function unlistedPanels(scope: DashboardScope): Panel[] {
  const { services, unlisted } = scope
  if (services.length === 0) return []
  const all = series(RECORDED.routeRequests, { job: anyText(services) })
  const nobodys = services
    .map(job => seriesOf(RECORDED.routeRequests, { job, ...KNOWN }, unlisted.get(job) ?? []))
    .join(' or ')
  return [
    createStat(scope, {
      title: 'Unowned requests',
      says: 'Share of the requests that arrive at routes which no line of the catalog lists. They belong to the team of the service, which may not know them: add a line, or say that they are unowned by design.',
      unit: 'percentunit',
      width: 6,
      height: 8,
      alerts: ['UnownedTraffic'],
      steps: [
        { value: null, color: 'green' },
        { value: 0.01, color: 'orange' },
      ],
      noValue: 'No requests',
      query: { expr: share(`sum(${nobodys})`, `sum(${all})`), legend: 'unowned' },
    }),
    createTable(scope, {
      title: 'Unowned routes',
      says: 'The routes that no line of the catalog lists, with their traffic.',
      width: 18,
      alerts: ['UnownedTraffic'],
      noValue: 'Every route with traffic is listed',
      labels: [
        { label: 'job', title: 'Service' },
        { label: 'http_request_method', title: 'Method' },
        { label: 'http_route', title: 'Route' },
      ],
      values: [{ title: 'Requests', expr: sumBy(BY_ROUTE, nobodys), unit: 'reqps' }],
      sortBy: 'Requests',
    }),
  ]
}
