import { RECORDED, sliErrorRatio } from '../../recorded-series.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { CALM, NEUTRAL, type Panel } from '../panels/panel.ts'
import { createStat } from '../panels/stat.ts'
import { share } from '../queries.ts'
import { BURN_STEPS } from './objectives.ts'
import { dueReview } from './reviews.ts'
import { BUDGET_STEPS, type SelectRecorded } from './route-table.ts'

type SizedPanel = (width: number) => Panel

/** How the team stands, as numbers in one line. `select` is for teams with routes, `promises` for those with objectives. */
export function teamNumbers(
  scope: DashboardScope,
  select: SelectRecorded | undefined,
  promises: boolean,
): Panel[] {
  const panels: readonly SizedPanel[] = [
    firingAlerts(scope),
    ...(select === undefined ? [] : requestNumbers(scope, select)),
    ...(select === undefined || !promises ? [] : budgetNumbers(scope, select)),
    width => dueReview(scope, width),
  ]
  return panels.map(create => create(24 / panels.length))
}

const firingAlerts =
  (scope: DashboardScope): SizedPanel =>
  width =>
    createStat(scope, {
      title: 'Alerts that fire',
      says: 'Alerts that fire and go to this team. The list below says which.',
      unit: 'short',
      width,
      steps: [...CALM, { value: 1, color: 'red' }],
      query: {
        expr: `count(ALERTS{alertstate="firing",alertname!="Watchdog",team="${scope.team}"}) or vector(0)`,
        legend: 'firing',
      },
    })

function requestNumbers(scope: DashboardScope, select: SelectRecorded): SizedPanel[] {
  const requests = `sum(${select(RECORDED.routeRequests)})`
  return [
    width =>
      createStat(scope, {
        title: 'Requests now',
        says: 'Requests a second to all routes of the team.',
        unit: 'reqps',
        width,
        steps: NEUTRAL,
        noValue: 'No requests',
        query: { expr: requests, legend: 'requests' },
      }),
    width =>
      createStat(scope, {
        title: 'Failed now',
        says: 'Share of the requests to all routes of the team that end with a 5xx status. The table below says which.',
        unit: 'percentunit',
        width,
        alerts: ['HttpErrorRatioHigh'],
        noValue: 'No requests',
        query: { expr: share(`sum(${select(RECORDED.routeErrors)})`, requests), legend: 'failed' },
      }),
  ]
}

const budgetNumbers = (scope: DashboardScope, select: SelectRecorded): SizedPanel[] => [
  width =>
    createStat(scope, {
      title: 'Least budget left',
      says: 'Share of the error budget of 30 days that is left, of the objective that has least. Below 0 a promise is broken.',
      unit: 'percentunit',
      width,
      alerts: ['ErrorBudgetExhausted'],
      steps: BUDGET_STEPS,
      noValue: 'No objective',
      query: { expr: `min(${select(RECORDED.budgetRemaining)})`, legend: 'left' },
    }),
  width =>
    createStat(scope, {
      title: 'Fastest burn',
      says: 'How many times faster than sustainable a budget is spent, over the last hour, of the objective that is worst. From 14.4 on somebody is woken.',
      unit: 'short',
      width,
      alerts: ['AvailabilityBurnFast', 'LatencyBurnFast'],
      steps: BURN_STEPS,
      noValue: 'No objective',
      query: {
        expr: `max(${select(sliErrorRatio('1h'))} / ${select(RECORDED.errorBudget)})`,
        legend: 'times',
      },
    }),
]
