import {
  METRIC_THROUGHLINE_JOB_DURATION as JOB,
  METRIC_THROUGHLINE_JOBS as JOBS,
} from '@throughline/conventions'
import { type Matchers, series } from '../../promql.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { CALM, type Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { anyText, countPerSecond, quantile, share, sumBy } from '../queries.ts'

/** What products call a job that nobody has begun, and that may begin now: pg-boss, BullMQ. */
const WAITING: Matchers = { state: '~ready|created|waiting' }
const FAILED: Matchers = { outcome: 'failed' }

/** Queues by name, whichever service reports them. */
export const queuesNamed = (names: readonly string[]): Matchers => ({
  queue: anyText(names),
})

// Every process that looks at a queue reports the same count.
const jobs = (labels: string, matchers: Matchers): string =>
  `max by (${labels}) (${series(JOBS.name, matchers)})`
const attemptsAt = (queues: Matchers): string => sumBy('queue', countPerSecond(JOB, queues))

/** How many jobs there are, and how many fail, by queue. */
export const queueSummaryPanels = (scope: DashboardScope, queues: Matchers): Panel[] => [
  createTimeSeries(scope, {
    title: 'Jobs by state',
    says: 'Jobs in each queue, by state. A growing number that waits means that fewer are done than come in: look whether the worker runs, then what it waits for.',
    unit: 'short',
    width: 12,
    alerts: ['QueueBacklogGrowing', 'QueueStalled'],
    steps: CALM,
    noValue: 'No queue',
    queries: [{ expr: jobs('queue, state', queues), legend: '{{queue}} {{state}}' }],
  }),
  createTimeSeries(scope, {
    title: 'Failed attempts',
    says: 'Share of attempts at a job that failed. A job that is tried again counts each time.',
    unit: 'percentunit',
    width: 12,
    alerts: ['QueueFailing'],
    noValue: 'No attempts',
    queries: [
      {
        expr: share(attemptsAt({ ...queues, ...FAILED }), attemptsAt(queues)),
        legend: '{{queue}}',
      },
    ],
  }),
]

/** How long jobs take and wait, by queue. */
export const queueDetailPanels = (scope: DashboardScope, queues: Matchers): Panel[] => [
  createTimeSeries(scope, {
    title: 'Duration of jobs',
    says: 'Median and 95th percentile of one attempt. The marks are single jobs: click one for its trace.',
    unit: 's',
    width: 8,
    noValue: 'No attempts',
    queries: [0.5, 0.95].map(q => ({
      expr: quantile(q, JOB, queues, 'queue'),
      legend: `{{queue}} p${q * 100}`,
      exemplars: q === 0.95,
    })),
  }),
  createTimeSeries(scope, {
    title: 'Attempts',
    says: 'Attempts at a job a second, by how they ended. None while jobs wait: no worker runs.',
    unit: 'ops',
    width: 8,
    alerts: ['QueueStalled'],
    steps: CALM,
    noValue: 'No attempts',
    queries: [
      {
        expr: sumBy('queue, outcome', countPerSecond(JOB, queues)),
        legend: '{{queue}} {{outcome}}',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Expected wait',
    says: 'How long a new job will wait: jobs that wait, by those that are done a second (Little’s law). Compare with the queue’s maxAge in the catalog.',
    unit: 's',
    width: 8,
    alerts: ['QueueWaitTooLong'],
    steps: CALM,
    noValue: 'No job was done',
    queries: [
      {
        expr: `sum by (queue) (${jobs('queue, state', { ...queues, ...WAITING })}) / (${attemptsAt(queues)} > 0)`,
        legend: '{{queue}}',
      },
    ],
  }),
]
