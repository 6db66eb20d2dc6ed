import type { AlertName } from '../../alerts/alert-list.ts'
import { BY_ROUTE } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import { THRESHOLDS } from '../../thresholds.ts'
import { clickedColumn, routeLinks } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel, Step } from '../panels/panel.ts'
import { createTable } from '../panels/table.ts'

/** How to write a recorded series so that it is about the routes that are meant. */
export type SelectRecorded = (name: string, slo?: string) => string

const alarming = (value: number): Step[] => [
  { value: null, color: 'green' },
  { value, color: 'red' },
]

/** Budgets: red when overspent, orange in the last quarter. */
export const BUDGET_STEPS: readonly Step[] = [
  { value: null, color: 'red' },
  { value: 0, color: 'orange' },
  { value: 0.25, color: 'green' },
]

/** One row for each route: rate, errors, duration and what is left of its budgets. */
export function routeTable(scope: DashboardScope, select: SelectRecorded): Panel {
  const requests = byRoute(select(RECORDED.routeRequests))
  const alerts: AlertName[] = ['HttpErrorRatioHigh', 'HttpLatencyHigh', 'AvailabilityBurnFast']
  return createTable(scope, {
    title: 'Routes',
    says: 'Every route with traffic, over the last 5 minutes, and the share of its 30-day error budgets that is left; empty where the catalog states no objective. Start with what is red. Click a row for the route, its traces and its logs.',
    width: 24,
    height: 10,
    alerts,
    links: routeLinks(scope, clickedColumn),
    noValue: '–',
    labels: [
      { label: 'job', title: 'Service' },
      { label: 'http_request_method', title: 'Method' },
      { label: 'http_route', title: 'Route' },
    ],
    values: [
      { title: 'Requests', expr: requests, unit: 'reqps' },
      {
        title: 'Failed',
        expr: `${byRoute(select(RECORDED.routeErrors))} / (${requests} > 0)`,
        unit: 'percentunit',
        steps: alarming(THRESHOLDS.HttpErrorRatioHigh.value),
      },
      {
        title: 'p95',
        expr: byRoute(select(RECORDED.routeP95)),
        unit: 's',
        steps: alarming(THRESHOLDS.HttpLatencyHigh.value),
      },
      {
        title: 'Availability left',
        expr: byRoute(select(RECORDED.budgetRemaining, 'availability')),
        unit: 'percentunit',
        steps: BUDGET_STEPS,
      },
      {
        title: 'Latency left',
        expr: byRoute(select(RECORDED.budgetRemaining, '~latency_.*')),
        unit: 'percentunit',
        steps: BUDGET_STEPS,
      },
    ],
    sortBy: 'Requests',
  })
}

/** One series for each route, and no other label: rows are joined by all labels, a metric's name included. */
const byRoute = (expr: string): string => `min by (${BY_ROUTE}) (${expr})`
