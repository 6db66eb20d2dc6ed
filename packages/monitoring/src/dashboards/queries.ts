import {
  METRIC_HTTP_SERVER_REQUEST_DURATION,
  type MetricDefinition,
} from '@throughline/conventions'
import { escapeRegex } from '../partition/route-regex.ts'
import { type Matchers, series } from '../promql.ts'

const SERVER = METRIC_HTTP_SERVER_REQUEST_DURATION.name

/** Labels of what a query returns, as `by` takes them. */
export const sumBy = (labels: string, expr: string): string => `sum by (${labels}) (${expr})`

/** The series of a metric; all of them without matchers. */
export const select = (metric: string, matchers: Matchers): string =>
  Object.keys(matchers).length === 0 ? metric : series(metric, matchers)

/** Increase a second of a counter, over a range that fits what is shown. */
export const perSecond = (metric: string, matchers: Matchers = {}): string =>
  `rate(${select(metric, matchers)}[$__rate_interval])`

/** Measurements a second of a histogram. */
export const countPerSecond = ({ name }: MetricDefinition, matchers: Matchers): string =>
  perSecond(`${name}_count`, matchers)

/** What a histogram measures, added up, a second. */
export const sumPerSecond = ({ name }: MetricDefinition, matchers: Matchers): string =>
  perSecond(`${name}_sum`, matchers)

/** A quantile of a histogram, one series for each combination of `labels`. */
export function quantile(
  q: number,
  { name }: MetricDefinition,
  matchers: Matchers,
  labels: string,
): string {
  const buckets = sumBy(`le, ${labels}`, perSecond(`${name}_bucket`, matchers))
  return `histogram_quantile(${q}, ${buckets})`
}

/** A share: 0 where `part` is missing, and nothing where `whole` is 0 or missing. Both have the same labels. */
export const share = (part: string, whole: string): string =>
  `(${part} or ${whole} * 0) / (${whole} > 0)`

/** Requests a second that a service got. */
export const requests = (matchers: Matchers): string => perSecond(`${SERVER}_count`, matchers)

/** Value of a matcher that takes any of several texts. */
export function anyText(texts: readonly string[]): string {
  const all = [...new Set(texts)].toSorted()
  return all.length === 1 ? String(all[0]) : `~${all.map(escapeRegex).join('|')}`
}

/** Matchers of responses that have one of several statuses. */
export const status = (...codes: readonly string[]): Matchers => ({
  http_response_status_code: anyText(codes),
})

/** Statuses of requests that a service failed. */
export const FAILED: Matchers = { http_response_status_code: '~5..' }

/** The service that is chosen on the dashboard. */
export const CHOSEN_SERVICE: Matchers = { job: '$service' }

/** The route that is chosen on the dashboard, whatever the method. */
export const CHOSEN_PATH: Matchers = { ...CHOSEN_SERVICE, http_route: '~$route' }

/** The route and method that are chosen on the dashboard. */
export const CHOSEN_ROUTE: Matchers = { ...CHOSEN_PATH, http_request_method: '~$method' }
