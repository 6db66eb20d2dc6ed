import { RECORDED, sliErrorRatio, sliRequests } from '../../recorded-series.ts'
import { BURN_WINDOWS } from '../../thresholds.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { clickedColumn, clickedLabel, routeLinks } from '../data-links.ts'
import { CALM, type Panel, type Step } from '../panels/panel.ts'
import { createTable } from '../panels/table.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { BUDGET_STEPS, type SelectRecorded } from './route-table.ts'

const BY_OBJECTIVE = 'job, http_request_method, http_route, slo'
const OBJECTIVE_LEGEND = '{{http_request_method}} {{http_route}} {{slo}}'
const NONE = 'No objective in the catalog'

const BURN_ALERTS = [
  'AvailabilityBurnFast',
  'AvailabilityBurnMedium',
  'AvailabilityBurnSlow',
  'LatencyBurnFast',
  'LatencyBurnMedium',
  'LatencyBurnSlow',
] as const

/** How fast budgets burn; above 1 they do not last for 30 days. */
export const BURN_STEPS: readonly Step[] = [
  { value: null, color: 'green' },
  ...BURN_WINDOWS.map(({ factor, severity }) => ({
    value: factor,
    color: severity === 'page' ? ('red' as const) : ('orange' as const),
  })).toSorted((a, b) => a.value - b.value),
]

/** What is left of each budget, and how fast it burns. */
export function objectivePanels(scope: DashboardScope, select: SelectRecorded): Panel[] {
  return [
    createTable(scope, {
      title: 'Objectives',
      says: 'Every objective of the catalog, with the share of its 30-day budget that is left and how fast it burns: at 1 the budget lasts exactly 30 days, at 14.4 two days. Click a row for the route.',
      width: 24,
      height: 9,
      alerts: ['ErrorBudgetExhausted', 'AvailabilityBurnFast', 'LatencyBurnFast'],
      links: routeLinks(scope, clickedColumn),
      noValue: '–',
      labels: [
        { label: 'job', title: 'Service' },
        { label: 'http_request_method', title: 'Method' },
        { label: 'http_route', title: 'Route' },
        { label: 'slo', title: 'Objective' },
      ],
      values: [
        { title: 'May fail', expr: byObjective(select(RECORDED.errorBudget)), unit: 'percentunit' },
        {
          title: 'Budget left',
          expr: byObjective(select(RECORDED.budgetRemaining)),
          unit: 'percentunit',
          steps: BUDGET_STEPS,
        },
        ...(['1h', '6h', '1d', '3d'] as const).map(window => ({
          title: `Burn ${window}`,
          expr: burnRate(select, window),
          unit: 'short',
          steps: BURN_STEPS,
        })),
        {
          title: 'Requests 1d',
          expr: byObjective(select(sliRequests('1d'))),
          unit: 'short',
        },
      ],
      sortBy: 'Burn 1h',
    }),
    ...burnPanels(scope, select),
  ]
}

/** Budgets over time. */
export function burnPanels(scope: DashboardScope, select: SelectRecorded): Panel[] {
  const links = routeLinks(scope, clickedLabel)
  return [
    createTimeSeries(scope, {
      title: 'Budget left',
      says: 'Share of the error budget of 30 days that is left. Below 0 the promise is broken: new features wait until it recovers.',
      unit: 'percentunit',
      width: 12,
      signed: true,
      alerts: ['ErrorBudgetExhausted'],
      steps: BUDGET_STEPS,
      links,
      noValue: NONE,
      queries: [{ expr: byObjective(select(RECORDED.budgetRemaining)), legend: OBJECTIVE_LEGEND }],
    }),
    createTimeSeries(scope, {
      title: 'Burn rate over an hour',
      says: 'How many times faster than sustainable the budget is spent, over the last hour. At 14.4 somebody is woken, if the last 5 minutes agree.',
      unit: 'short',
      width: 12,
      alerts: BURN_ALERTS,
      steps: BURN_STEPS,
      links,
      noValue: NONE,
      queries: [{ expr: burnRate(select, '1h'), legend: OBJECTIVE_LEGEND }],
    }),
  ]
}

/** The measurements that budgets are spent by. */
export function sliPanels(scope: DashboardScope, select: SelectRecorded): Panel[] {
  const links = routeLinks(scope, clickedLabel)
  return [
    createTimeSeries(scope, {
      title: 'Missed over 5 minutes',
      says: 'Share of requests that missed the objective, over 5 minutes: failed, or slower than promised. It shows when an incident began and ended.',
      unit: 'percentunit',
      width: 12,
      alerts: BURN_ALERTS,
      steps: CALM,
      links,
      noValue: NONE,
      queries: [{ expr: byObjective(select(sliErrorRatio('5m'))), legend: OBJECTIVE_LEGEND }],
    }),
    createTimeSeries(scope, {
      title: 'Burn rate over 3 days',
      says: 'How many times faster than sustainable the budget is spent, over 3 days. Steadily above 1: nothing is on fire, and the promise will be broken all the same.',
      unit: 'short',
      width: 12,
      alerts: ['AvailabilityBurnSlow', 'LatencyBurnSlow'],
      steps: BURN_STEPS,
      links,
      noValue: NONE,
      queries: [{ expr: burnRate(select, '3d'), legend: OBJECTIVE_LEGEND }],
    }),
  ]
}

const byObjective = (expr: string): string => `max by (${BY_OBJECTIVE}) (${expr})`

const burnRate = (select: SelectRecorded, window: '1h' | '6h' | '1d' | '3d'): string =>
  `${byObjective(select(sliErrorRatio(window)))} / ${byObjective(select(RECORDED.errorBudget))}`
