import {
  METRIC_HTTP_SERVER_REQUEST_DURATION,
  METRIC_THROUGHLINE_AUTH_FAILURES,
  METRIC_THROUGHLINE_RATE_LIMITED,
} from '@throughline/conventions'
import type { RecordingRule } from '../alerts/alert-rule.ts'
import { BY_ROUTE, type Matchers, series } from '../promql.ts'
import { RECORDED } from '../recorded-series.ts'

const COUNT = `${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_count`
const BUCKET = `${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_bucket`
const STATUS = 'http_response_status_code'

/** Rate, errors and duration of each route of a service, and what the service refuses. */
export function requestSeries(job: string): RecordingRule[] {
  const rate = (by: string, matchers: Matchers = {}): string =>
    `sum by (${by}) (rate(${series(COUNT, { job, ...matchers })}[5m]))`
  const all = series(RECORDED.routeRequests, { job })
  const ofService = (status: string): string =>
    `${rate('job', { [STATUS]: status })} or sum by (job) (${all}) * 0`
  // Only the service knows of a sign-in that fails with 200. Without our counters its statuses have to do.
  const counted = ({ name }: { readonly name: string }, status: string): string =>
    `sum by (job) (rate(${series(name, { job })}[5m])) or ${ofService(status)}`
  const rules: RecordingRule[] = [
    { record: RECORDED.routeRequests, expr: rate(BY_ROUTE) },
    {
      record: RECORDED.routeErrors,
      expr: `${rate(BY_ROUTE, { [STATUS]: '~5..' })} or ${all} * 0`,
    },
    {
      record: RECORDED.routeP95,
      expr: `histogram_quantile(0.95, sum by (${BY_ROUTE}, le) (rate(${series(BUCKET, { job })}[5m]))) >= 0`,
    },
    {
      record: RECORDED.serviceUnauthorized,
      expr: counted(METRIC_THROUGHLINE_AUTH_FAILURES, '~401|403'),
    },
    { record: RECORDED.serviceInvalid, expr: ofService('~400|422') },
    { record: RECORDED.serviceRateLimited, expr: counted(METRIC_THROUGHLINE_RATE_LIMITED, '429') },
  ]
  // The series have it already; written again, it tells the rules of several services apart.
  return rules.map(rule => ({ ...rule, labels: { job } }))
}
