import {
  METRIC_NODEJS_EVENTLOOP_DELAY_MAX,
  METRIC_NODEJS_EVENTLOOP_DELAY_P50,
  METRIC_NODEJS_EVENTLOOP_DELAY_P99,
  METRIC_NODEJS_EVENTLOOP_UTILIZATION,
} from '@throughline/conventions'
import { type Matchers, series } from '../../promql.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'

/** Which process a line is about. */
export const INSTANCE_LEGEND = '{{instance}}'

const DELAYS = [
  ['p50', METRIC_NODEJS_EVENTLOOP_DELAY_P50],
  ['p99', METRIC_NODEJS_EVENTLOOP_DELAY_P99],
  ['max', METRIC_NODEJS_EVENTLOOP_DELAY_MAX],
] as const

/** How busy the event loop is, and how late it answers. */
export const eventLoopPanels = (scope: DashboardScope, chosen: Matchers): Panel[] => [
  utilizationPanel(scope, chosen, 12),
  createTimeSeries(scope, {
    title: 'Event loop delay',
    says: 'How late timers run, of the slowest process. Every request waits this long, whatever it does: look for synchronous work such as JSON.parse of a large body, a regular expression that backtracks, or crypto without a callback.',
    unit: 's',
    width: 12,
    alerts: ['EventLoopDelayHigh'],
    queries: DELAYS.map(([statistic, { name }]) => ({
      expr: `max by (job) (${series(name, chosen)})`,
      legend: statistic,
    })),
  }),
]

/** The share of the time that the event loop works, by process. */
export const utilizationPanel = (scope: DashboardScope, chosen: Matchers, width: number): Panel =>
  createTimeSeries(scope, {
    title: 'Event loop utilisation',
    says: 'Share of the time that the event loop works, by process; at 1 it never waits, and requests queue up. Near the limit on all processes: add some. On one: look for what it alone does.',
    unit: 'percentunit',
    width,
    alerts: ['EventLoopSaturated'],
    queries: [
      {
        expr: `max by (job, instance) (${series(METRIC_NODEJS_EVENTLOOP_UTILIZATION.name, chosen)})`,
        legend: INSTANCE_LEGEND,
      },
    ],
  })
