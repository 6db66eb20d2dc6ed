import { METRIC_HTTP_SERVER_REQUEST_DURATION as SERVER } from '@throughline/conventions'
import { BY_ROUTE, type Matchers } from '../../promql.ts'
import { THRESHOLDS } from '../../thresholds.ts'
import { clickedColumn, clickedLabel, routeLinks } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTable } from '../panels/table.ts'
import { createTimeSeries, type TimeSeriesText } from '../panels/time-series.ts'
import { countPerSecond, perSecond, quantile, sumBy, sumPerSecond } from '../queries.ts'

const LONG_SECONDS = THRESHOLDS.HttpLatencyHigh.value

/** What is measured of each route, as PromQL. */
interface Evidence {
  readonly requestShare: string
  readonly timeShare: string
  readonly p95: string
  readonly spread: string
  readonly long: string
  readonly inProgress: string
}

function collectEvidence(chosen: Matchers): Evidence {
  const count = countPerSecond(SERVER, chosen)
  const time = sumPerSecond(SERVER, chosen)
  const at = (q: number): string => quantile(q, SERVER, chosen, BY_ROUTE)
  // Prometheus 3 writes the bound of this bucket as 1.0, and 2 as the application does.
  const within = { ...chosen, le: `~${LONG_SECONDS}(\\.0)?` }
  const short = sumBy(BY_ROUTE, perSecond(`${SERVER.name}_bucket`, within))
  return {
    requestShare: ofService(count),
    timeShare: ofService(time),
    p95: at(0.95),
    spread: `${at(0.99)} / ${at(0.5)}`,
    long: `1 - ${short} / (${sumBy(BY_ROUTE, count)} > 0)`,
    inProgress: sumBy(BY_ROUTE, time),
  }
}

/** A route's share of what its service does. */
const ofService = (expr: string): string =>
  `${sumBy(BY_ROUTE, expr)} / on (job) group_left () (${sumBy('job', expr)} > 0)`

/** One row for each route: what it costs, and how unlike the others it is. */
export function boundaryTable(scope: DashboardScope, chosen: Matchers): Panel {
  const { requestShare, timeShare, p95, spread, long, inProgress } = collectEvidence(chosen)
  return createTable(scope, {
    title: 'Evidence by route',
    says: `What each route costs its service. A route with a small share of the requests and a large one of the time, a wide spread, or many requests over ${LONG_SECONDS} s does other work than the rest: a candidate for a service or a queue of its own.`,
    width: 24,
    height: 10,
    alerts: ['BoundaryTriggerMet'],
    links: routeLinks(scope, clickedColumn),
    noValue: '–',
    labels: [
      { label: 'job', title: 'Service' },
      { label: 'http_request_method', title: 'Method' },
      { label: 'http_route', title: 'Route' },
    ],
    values: [
      { title: 'Of the requests', expr: requestShare, unit: 'percentunit' },
      { title: 'Of the time', expr: timeShare, unit: 'percentunit' },
      { title: 'p95', expr: p95, unit: 's' },
      { title: 'p99 by median', expr: spread, unit: 'short' },
      { title: `Over ${LONG_SECONDS} s`, expr: long, unit: 'percentunit' },
      { title: 'In progress', expr: inProgress, unit: 'short' },
    ],
    sortBy: 'Of the time',
  })
}

/** The same over time: does it get worse? */
export function boundaryPanels(scope: DashboardScope, chosen: Matchers): Panel[] {
  const { timeShare, spread, long, inProgress, p95 } = collectEvidence(chosen)
  const lines = (
    text: Pick<TimeSeriesText, 'title' | 'says' | 'unit'> & { readonly expr: string },
    exemplars = false,
  ): Panel =>
    createTimeSeries(scope, {
      title: text.title,
      says: text.says,
      unit: text.unit,
      width: 12,
      links: routeLinks(scope, clickedLabel),
      noValue: 'No requests',
      queries: [
        {
          expr: `topk(10, ${text.expr})`,
          legend: '{{http_request_method}} {{http_route}}',
          exemplars,
        },
      ],
    })
  return [
    lines({
      title: 'Share of the time',
      says: 'How much of all the time that requests take is spent in each route, waiting included. One route that takes most of it decides how the service scales.',
      unit: 'percentunit',
      expr: timeShare,
    }),
    lines({
      title: 'Requests in progress',
      says: 'Requests of each route that are open at once, on average: requests a second times their mean duration (Little’s law). Peaks are higher.',
      unit: 'short',
      expr: inProgress,
    }),
    lines(
      {
        title: 'p95 by route',
        says: 'Duration that 95 % of the requests stay below. Routes that lie far apart have different needs.',
        unit: 's',
        expr: p95,
      },
      true,
    ),
    lines({
      title: 'Spread by route',
      says: 'How many times longer the 99th percentile is than the median. A wide spread: the route does two kinds of work, or waits for others that use the same process.',
      unit: 'short',
      expr: spread,
    }),
    lines({
      title: 'Long requests by route',
      says: `Share of requests over ${LONG_SECONDS} s. Work that takes long for everybody is background work: a queue can do it.`,
      unit: 'percentunit',
      expr: long,
    }),
  ]
}
