import {
  METRIC_TARGET_INFO,
  METRIC_THROUGHLINE_SERIES_OVERFLOW,
  METRIC_THROUGHLINE_SPANS_DROPPED,
} from '@throughline/conventions'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { perSecond, sumBy } from '../queries.ts'

/** A line at 0 for each service that says nothing of itself. */
const orZero = (expr: string): string =>
  `${expr} or count by (job) (${METRIC_TARGET_INFO.name}) * 0`

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
