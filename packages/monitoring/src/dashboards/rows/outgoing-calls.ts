import { METRIC_HTTP_CLIENT_REQUEST_DURATION as CALLS } from '@throughline/conventions'
import { tracesOf } from '../../alerts/families/service-scope.ts'
import type { Matchers } from '../../promql.ts'
import { clickedLabel, type DataLink, traceLink } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { countPerSecond, quantile, share, sumBy, sumPerSecond } from '../queries.ts'

/** Labels that tell one dependency of one service. */
const BY_DEPENDENCY = 'job, server_address, server_port'
const DEPENDENCY_LEGEND = '{{server_address}}:{{server_port}}'

const FAILED: Matchers = { error_type: '!' }

/** Rate, errors and duration of calls to other services, by host. */
export function outgoingCallPanels(
  scope: DashboardScope,
  chosen: Matchers,
  width: number,
): Panel[] {
  const all = sumBy(BY_DEPENDENCY, countPerSecond(CALLS, chosen))
  const failed = sumBy(BY_DEPENDENCY, countPerSecond(CALLS, { ...chosen, ...FAILED }))
  const common = { width, links: callLinks(scope), noValue: 'No calls' } as const
  return [
    createTimeSeries(scope, {
      ...common,
      title: 'Calls by dependency',
      says: 'Calls a second to each host. More calls than requests explain are retries, or a loop.',
      unit: 'reqps',
      queries: [{ expr: all, legend: DEPENDENCY_LEGEND }],
    }),
    createTimeSeries(scope, {
      ...common,
      title: 'Failed calls by dependency',
      says: 'Share of calls that got no answer, or one that says of an error. Over the limit: tell the team of the dependency, and see what a caller of ours gets meanwhile.',
      unit: 'percentunit',
      alerts: ['DependencyErrorRatioHigh'],
      queries: [{ expr: share(failed, all), legend: DEPENDENCY_LEGEND }],
    }),
    createTimeSeries(scope, {
      ...common,
      title: 'Duration of calls by dependency',
      says: '95th percentile of the time a call takes. It is part of the duration of the requests that wait for it.',
      unit: 's',
      alerts: ['DependencySlow'],
      queries: [
        {
          expr: quantile(0.95, CALLS, chosen, BY_DEPENDENCY),
          legend: DEPENDENCY_LEGEND,
          exemplars: true,
        },
      ],
    }),
  ]
}

/** What an answer is, and what waiting for it costs. */
export function callDetailPanels(scope: DashboardScope, chosen: Matchers): Panel[] {
  const byStatus = `${BY_DEPENDENCY}, http_response_status_code`
  return [
    createTimeSeries(scope, {
      title: 'Answers of dependencies by status',
      says: 'Calls a second by the status of the answer; without a status there was no answer: refused, timed out or cut off. 429 means that we are the eager caller.',
      unit: 'reqps',
      width: 8,
      stacked: true,
      noValue: 'No calls',
      queries: [
        {
          expr: sumBy(byStatus, countPerSecond(CALLS, chosen)),
          legend: `${DEPENDENCY_LEGEND} {{http_response_status_code}}`,
        },
      ],
    }),
    createTimeSeries(scope, {
      title: 'Calls in progress',
      says: 'How many calls are open at once, on average: calls a second times their mean duration (Little’s law). Growth without more calls means that the dependency slows down.',
      unit: 'short',
      width: 8,
      noValue: 'No calls',
      queries: [
        { expr: sumBy(BY_DEPENDENCY, sumPerSecond(CALLS, chosen)), legend: DEPENDENCY_LEGEND },
      ],
    }),
    createTimeSeries(scope, {
      title: 'Median and tail of calls',
      says: 'Median and 99th percentile. A tail far above the median is what a timeout should cut.',
      unit: 's',
      width: 8,
      alerts: ['DependencySlow'],
      noValue: 'No calls',
      queries: [0.5, 0.99].map(q => ({
        expr: quantile(q, CALLS, chosen, BY_DEPENDENCY),
        legend: `${DEPENDENCY_LEGEND} p${q * 100}`,
        exemplars: q === 0.99,
      })),
    }),
  ]
}

const callLinks = (scope: DashboardScope): DataLink[] => [
  traceLink(
    scope,
    'Traces with such calls',
    tracesOf(
      clickedLabel('job'),
      'kind = client',
      `span.server.address = "${clickedLabel('server_address')}"`,
    ),
  ),
]
