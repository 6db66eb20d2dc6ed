import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
import { BY_ROUTE, type Matchers } from '../../promql.ts'
import { clickedLabel, FAILED_TRACES, routeLinks, SLOW_TRACES } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { FAILED, quantile, requests, share, sumBy } from '../queries.ts'

const ROUTE_LEGEND = '{{http_request_method}} {{http_route}}'
const MOST_LINES = 10

const most = (expr: string): string => `topk(${MOST_LINES}, ${expr})`

/** Rate, errors and duration of the routes that `chosen` selects: the ten highest of each. */
export function requestPanels(scope: DashboardScope, chosen: Matchers): Panel[] {
  const all = sumBy(BY_ROUTE, requests(chosen))
  const failed = sumBy(BY_ROUTE, requests({ ...chosen, ...FAILED }))
  return [
    createTimeSeries(scope, {
      title: 'Requests by route',
      says: 'Requests a second, of the ten routes with most. A step up or down that no release explains is worth a question to the callers.',
      unit: 'reqps',
      width: 12,
      links: routeLinks(scope, clickedLabel),
      noValue: 'No requests',
      queries: [{ expr: most(all), legend: ROUTE_LEGEND }],
    }),
    createTimeSeries(scope, {
      title: 'Failed by route',
      says: 'Share of requests that end with a 5xx status, of the ten routes where it is highest. Click a line for its failed traces.',
      unit: 'percentunit',
      width: 12,
      alerts: ['HttpErrorRatioHigh', 'AvailabilityBurnFast'],
      links: routeLinks(scope, clickedLabel, FAILED_TRACES),
      noValue: 'No requests',
      queries: [{ expr: most(share(failed, all)), legend: ROUTE_LEGEND }],
    }),
    createTimeSeries(scope, {
      title: 'Duration',
      says: 'Median, 95th and 99th percentile over all chosen routes. The marks are single requests: click one for its trace. A p99 far from the median means that a few requests do other work than most.',
      unit: 's',
      width: 12,
      alerts: ['HttpLatencyHigh', 'LatencyBurnFast'],
      noValue: 'No requests',
      queries: [0.5, 0.95, 0.99].map(q => ({
        expr: quantile(q, METRIC_HTTP_SERVER_REQUEST_DURATION, chosen, 'job'),
        legend: `p${q * 100}`,
        exemplars: q === 0.95,
      })),
    }),
    createTimeSeries(scope, {
      title: 'Duration by route',
      says: '95th percentile, of the ten slowest routes. Compare with the objective of the route before anything is tuned.',
      unit: 's',
      width: 12,
      alerts: ['HttpLatencyHigh'],
      links: routeLinks(scope, clickedLabel, SLOW_TRACES),
      noValue: 'No requests',
      queries: [
        {
          expr: most(quantile(0.95, METRIC_HTTP_SERVER_REQUEST_DURATION, chosen, BY_ROUTE)),
          legend: ROUTE_LEGEND,
          exemplars: true,
        },
      ],
    }),
  ]
}

/** How requests end, by status. */
export const statusPanel = (scope: DashboardScope, chosen: Matchers, width: number): Panel =>
  createTimeSeries(scope, {
    title: 'Answers by status',
    says: 'Requests a second by the status they end with. A status that is new here is the first thing to look up in the logs.',
    unit: 'reqps',
    width,
    stacked: true,
    noValue: 'No requests',
    queries: [
      {
        expr: sumBy('job, http_response_status_code', requests(chosen)),
        legend: '{{http_response_status_code}}',
      },
    ],
  })
