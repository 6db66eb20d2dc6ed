import { series } from '../../promql.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { CALM, type Panel } from '../panels/panel.ts'
import { createStat } from '../panels/stat.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { anyText, perSecond, sumBy } from '../queries.ts'

const RELOADED = [
  { value: null, color: 'red' },
  { value: 1, color: 'green' },
] as const

/** Whether alerts would be noticed. */
export const alertingPanels = (scope: DashboardScope): Panel[] => [
  createStat(scope, {
    title: 'Watchdog',
    says: 'Always 1: an alert that fires all the time, so that silence can be told from health. 0 means that no rule is evaluated.',
    unit: 'short',
    width: 6,
    alerts: ['Watchdog'],
    steps: RELOADED,
    query: {
      expr: 'count(ALERTS{alertname="Watchdog",alertstate="firing"}) or vector(0)',
      legend: 'fires',
    },
  }),
  createStat(scope, {
    title: 'Alerts without a team',
    says: 'Alerts that fire and name no team of the catalog. They reach the last receiver only: give their rule a team.',
    unit: 'short',
    width: 6,
    alerts: ['AlertUnrouted'],
    steps: [
      { value: null, color: 'green' },
      { value: 1, color: 'red' },
    ],
    query: {
      expr: `count(${withoutTeam(scope)}) or vector(0)`,
      legend: 'unrouted',
    },
  }),
  createStat(scope, {
    title: 'Prometheus runs its newest configuration',
    says: '1 when the last reload succeeded. 0: the file on disk is broken, and Prometheus goes on with an old one.',
    unit: 'short',
    width: 6,
    alerts: ['ConfigReloadFailing'],
    steps: RELOADED,
    noValue: 'Prometheus does not scrape itself',
    query: { expr: 'min(prometheus_config_last_reload_successful)', legend: 'reloaded' },
  }),
  createStat(scope, {
    title: 'Alertmanager runs its newest configuration',
    says: '1 when the last reload succeeded. 0: alerts are routed by an old file.',
    unit: 'short',
    width: 6,
    alerts: ['ConfigReloadFailing'],
    steps: RELOADED,
    noValue: 'No Alertmanager is scraped',
    query: { expr: 'min(alertmanager_config_last_reload_successful)', legend: 'reloaded' },
  }),
  createTimeSeries(scope, {
    title: 'Rules that fail, alerts that are lost',
    says: 'Rules a second that could not be evaluated, and alerts that no Alertmanager took. Both must be 0: else alerts are missing.',
    unit: 'short',
    width: 12,
    alerts: ['RuleEvaluationFailing', 'NotificationsFailing'],
    noValue: 'Prometheus does not scrape itself',
    queries: [
      {
        expr: `sum(${perSecond('prometheus_rule_evaluation_failures_total')})`,
        legend: 'failed evaluations',
      },
      {
        expr: `sum(${perSecond('prometheus_notifications_dropped_total')})`,
        legend: 'lost alerts',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Notifications',
    says: 'Notifications a second, and those that could not be delivered. A failing integration is usually a secret that has expired.',
    unit: 'short',
    width: 12,
    alerts: ['NotificationsFailing'],
    noValue: 'No Alertmanager is scraped',
    queries: [
      {
        expr: sumBy('integration', perSecond('alertmanager_notifications_total')),
        legend: '{{integration}}',
      },
      {
        expr: sumBy('integration', perSecond('alertmanager_notifications_failed_total')),
        legend: '{{integration}} failed',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Series in memory',
    says: 'Series that Prometheus holds. Its memory follows this number: a jump is a new label, or a new job.',
    unit: 'short',
    width: 12,
    alerts: ['CardinalityHigh'],
    steps: CALM,
    noValue: 'Prometheus does not scrape itself',
    queries: [{ expr: 'sum(prometheus_tsdb_head_series)', legend: 'series' }],
  }),
  createTimeSeries(scope, {
    title: 'Alerts in Alertmanager',
    says: 'Alerts that Alertmanager holds, by state. Many that are suppressed: a silence or an inhibition hides more than was meant.',
    unit: 'short',
    width: 12,
    noValue: 'No Alertmanager is scraped',
    queries: [{ expr: 'sum by (state) (alertmanager_alerts)', legend: '{{state}}' }],
  }),
]

const withoutTeam = ({ ownership }: DashboardScope): string =>
  series('ALERTS', {
    alertstate: 'firing',
    team: `!${anyText([...ownership.catalog.teams.keys()])}`,
  })
