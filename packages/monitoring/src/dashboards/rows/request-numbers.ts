import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
import type { Matchers } from '../../promql.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { NEUTRAL, type Panel } from '../panels/panel.ts'
import { createStat } from '../panels/stat.ts'
import { FAILED, quantile, requests, share, status, sumBy } from '../queries.ts'

const shareOf = (part: Matchers, whole: Matchers): string =>
  share(sumBy('job', requests({ ...whole, ...part })), sumBy('job', requests(whole)))

/** How many requests there are, and how they end, as numbers. */
export const requestNumbers = (scope: DashboardScope, chosen: Matchers): Panel[] => [
  createStat(scope, {
    title: 'Requests now',
    says: 'Requests a second that arrive. None at all, on a service that has users, is an outage before it.',
    unit: 'reqps',
    width: 4,
    alerts: ['HttpTrafficStopped'],
    steps: NEUTRAL,
    noValue: 'No requests',
    query: { expr: sumBy('job', requests(chosen)), legend: 'requests' },
  }),
  createStat(scope, {
    title: 'Failed now',
    says: 'Share of requests that end with a 5xx status. Over the limit: open the failed traces below.',
    unit: 'percentunit',
    width: 4,
    alerts: ['HttpErrorRatioHigh'],
    noValue: 'No requests',
    query: { expr: shareOf(FAILED, chosen), legend: 'failed' },
  }),
  createStat(scope, {
    title: 'Slowest in 20',
    says: 'Duration that 95 % of the requests stay below. Over the limit: open the slow traces below and look for the longest span.',
    unit: 's',
    width: 4,
    alerts: ['HttpLatencyHigh'],
    noValue: 'No requests',
    query: {
      expr: quantile(0.95, METRIC_HTTP_SERVER_REQUEST_DURATION, chosen, 'job'),
      legend: 'p95',
    },
  }),
  createStat(scope, {
    title: 'Refused now',
    says: 'Share of requests that end with 401 or 403. A jump after a release is a broken sign-in; without one, somebody tries doors.',
    unit: 'percentunit',
    width: 4,
    steps: NEUTRAL,
    noValue: 'No requests',
    query: { expr: shareOf(status('401', '403'), chosen), legend: 'refused' },
  }),
  createStat(scope, {
    title: 'Rate limited now',
    says: 'Share of requests that end with 429. Over the limit: either one caller is too eager, or the limit is too low for all.',
    unit: 'percentunit',
    width: 4,
    alerts: ['RateLimitRejectionsHigh'],
    noValue: 'No requests',
    query: { expr: shareOf(status('429'), chosen), legend: 'limited' },
  }),
  createStat(scope, {
    title: 'Invalid now',
    says: 'Share of requests that end with 400 or 422. A jump after a release means that callers and the schema no longer agree.',
    unit: 'percentunit',
    width: 4,
    steps: NEUTRAL,
    noValue: 'No requests',
    query: { expr: shareOf(status('400', '422'), chosen), legend: 'invalid' },
  }),
]
