import {
  METRIC_TARGET_INFO,
  METRIC_THROUGHLINE_BROWSER_REPORTS_REFUSED,
  METRIC_THROUGHLINE_LOGS_DROPPED,
  METRIC_THROUGHLINE_REDACTIONS,
  METRIC_THROUGHLINE_SERIES_OVERFLOW,
  METRIC_THROUGHLINE_SPANS_DROPPED,
} from '@throughline/conventions'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { perSecond, sumBy } from '../queries.ts'

/** A line at 0 for each service that says nothing of itself. */
const orZero = (expr: string): string =>
  `${expr} or on (job) count by (job) (${METRIC_TARGET_INFO.name}) * 0`

/** What applications send, and what is lost on the way out of them. */
export const applicationTelemetryPanels = (scope: DashboardScope): Panel[] => [
  createTimeSeries(scope, {
    title: 'Targets that answer',
    says: 'Share of the processes of each job that answer to a scrape. Below 1: one is down, or its port of metrics cannot be reached.',
    unit: 'percentunit',
    width: 8,
    alerts: ['ServiceTelemetryMissing'],
    steps: [
      { value: null, color: 'red' },
      { value: 1, color: 'green' },
    ],
    queries: [{ expr: 'avg by (job) (up)', legend: '{{job}}' }],
  }),
  createTimeSeries(scope, {
    title: 'Spans lost',
    says: 'Sampled spans a second that never left the application. Anything above 0 leaves holes in traces: look whether the collector answers, then at its queue.',
    unit: 'short',
    width: 8,
    alerts: ['SpansDropped'],
    queries: [
      {
        expr: orZero(sumBy('job', perSecond(METRIC_THROUGHLINE_SPANS_DROPPED.name))),
        legend: '{{job}}',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Measurements without a series of their own',
    says: 'Measurements a second that went to the overflow series, since a metric has as many series as it may. A label holds something that is different each time, such as an id.',
    unit: 'short',
    width: 8,
    alerts: ['SeriesOverflow'],
    queries: [
      {
        expr: orZero(sumBy('job', perSecond(METRIC_THROUGHLINE_SERIES_OVERFLOW.name))),
        legend: '{{job}}',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Log lines lost',
    says: 'Log lines a second that were written or sent nowhere. Anything above 0: whoever reads the output of the process is too slow, or the collector does not answer.',
    unit: 'short',
    width: 8,
    alerts: ['LogsDropped'],
    queries: [
      {
        expr: orZero(sumBy('job', perSecond(METRIC_THROUGHLINE_LOGS_DROPPED.name))),
        legend: '{{job}}',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Values taken out',
    says: 'Values a second that redaction took out of telemetry before it left, by rule. A step up after a release: something new writes what it should not, and is better mended there.',
    unit: 'short',
    width: 8,
    queries: [
      {
        expr: orZero(sumBy('job, rule', perSecond(METRIC_THROUGHLINE_REDACTIONS.name))),
        legend: '{{job}} {{rule}}',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Reports of browsers not taken',
    says: 'Reports a second that the route for browsers turned away, by reason. Some are always refused: the route is open to anybody, and takes only what a page of ours would send.',
    unit: 'short',
    width: 8,
    queries: [
      {
        expr: orZero(
          sumBy('job, reason', perSecond(METRIC_THROUGHLINE_BROWSER_REPORTS_REFUSED.name)),
        ),
        legend: '{{job}} {{reason}}',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Samples of a scrape',
    says: 'How many series each job exposes. Steady growth is a label without a bound.',
    unit: 'short',
    width: 12,
    alerts: ['CardinalityHigh'],
    queries: [{ expr: 'sum by (job) (scrape_samples_scraped)', legend: '{{job}}' }],
  }),
  createTimeSeries(scope, {
    title: 'Duration of a scrape',
    says: 'How long the slowest process of each job takes to answer. It is time that the process does nothing else.',
    unit: 's',
    width: 12,
    queries: [{ expr: 'max by (job) (scrape_duration_seconds)', legend: '{{job}}' }],
  }),
]
