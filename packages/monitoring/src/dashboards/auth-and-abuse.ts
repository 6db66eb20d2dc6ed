import { tracesOf } from '../alerts/families/service-scope.ts'
import { BY_ROUTE, series } from '../promql.ts'
import { RECORDED } from '../recorded-series.ts'
import { clickedColumn, routeLinks } from './data-links.ts'
import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import type { Panel } from './panels/panel.ts'
import { createTraces } from './panels/plain-panels.ts'
import { createTable, type ValueColumn } from './panels/table.ts'
import { createTimeSeries } from './panels/time-series.ts'
import { CHOSEN_PATH, CHOSEN_SERVICE, requests, share, status, sumBy } from './queries.ts'
import { abusePanels } from './rows/abuse.ts'
import { refusedPanels } from './rows/refused.ts'
import { routeVariable, serviceVariable } from './variables.ts'

/** Who is turned away, where, and whether that is more than usual. */
export const describeAuthAndAbuse = (scope: DashboardScope): DashboardContent => ({
  title: 'auth and abuse',
  says: 'Requests that were turned away: not signed in, not allowed, rate limited or invalid, by route and against the day before; and who guesses, repeats or comes by the wrong door.',
  variables: [serviceVariable(scope), routeVariable(scope)],
  rows: [
    {
      title: 'More than usual',
      panels: [
        againstTheDay(scope, {
          title: 'Refused, against the day before',
          recorded: RECORDED.serviceUnauthorized,
          says: 'Requests that fail for want of rights, as a multiple of the mean of the last day. Far above 1: look below for the route, then in the traces for what the callers have in common.',
          alert: 'AuthFailuresSpike',
        }),
        againstTheDay(scope, {
          title: 'Invalid, against the day before',
          recorded: RECORDED.serviceInvalid,
          says: 'Requests that end with 400 or 422, as a multiple of the mean of the last day. With a new version at the same time: the schema changed under its callers.',
          alert: 'RequestValidationSpike',
        }),
      ],
    },
    { title: 'Who fails, and how', panels: abusePanels(scope, CHOSEN_PATH) },
    { title: 'Turned away, by route', panels: refusedPanels(scope, CHOSEN_PATH, 12) },
    { title: 'Routes', panels: [refusedTable(scope)] },
    { title: 'Single requests', panels: refusedTraces(scope) },
  ],
})

function againstTheDay(
  scope: DashboardScope,
  of: {
    readonly title: string
    /** Requests a second that were turned away. */
    readonly recorded: string
    readonly says: string
    readonly alert: 'AuthFailuresSpike' | 'RequestValidationSpike'
  },
): Panel {
  const now = series(of.recorded, CHOSEN_SERVICE)
  // Of a day without any, as if it had one: a multiple of nothing says nothing.
  const usual = `clamp_min(avg_over_time(${now}[1d]), 1 / 86400)`
  return createTimeSeries(scope, {
    title: of.title,
    says: of.says,
    unit: 'short',
    width: 12,
    alerts: [of.alert],
    noValue: 'No requests',
    queries: [{ expr: `${now} / ${usual}`, legend: 'times the mean of the last day' }],
  })
}

function refusedTable(scope: DashboardScope): Panel {
  const all = sumBy(BY_ROUTE, requests(CHOSEN_PATH))
  const column = (title: string, ...codes: readonly string[]): ValueColumn => ({
    title,
    expr: share(sumBy(BY_ROUTE, requests({ ...CHOSEN_PATH, ...status(...codes) })), all),
    unit: 'percentunit',
  })
  return createTable(scope, {
    title: 'Share that is turned away',
    says: 'Share of the requests of each route that was turned away just now, by reason. A route with an audience of its own that refuses nobody may have lost its check.',
    width: 24,
    links: routeLinks(scope, clickedColumn),
    noValue: '–',
    labels: [
      { label: 'job', title: 'Service' },
      { label: 'http_request_method', title: 'Method' },
      { label: 'http_route', title: 'Route' },
    ],
    values: [
      { title: 'Requests', expr: all, unit: 'reqps' },
      column('Not signed in', '401'),
      column('Not allowed', '403'),
      column('Rate limited', '429'),
      column('Invalid', '400', '422'),
    ],
    sortBy: 'Not signed in',
  })
}

const refusedTraces = (scope: DashboardScope): Panel[] => [
  createTraces(scope, {
    title: 'Refused requests',
    says: 'The newest requests that ended with 401 or 403.',
    width: 12,
    noValue: 'No refused request',
    query: tracesOf(
      '$service',
      'kind = server',
      '(span.http.response.status_code = 401 || span.http.response.status_code = 403)',
    ),
  }),
  createTraces(scope, {
    title: 'Rate limited requests',
    says: 'The newest requests that a rate limit rejected.',
    width: 12,
    noValue: 'No rate limited request',
    query: tracesOf('$service', 'kind = server', 'span.http.response.status_code = 429'),
  }),
]
