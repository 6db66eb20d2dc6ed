import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
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
    { record: RECORDED.serviceUnauthorized, expr: ofService('~401|403') },
    { record: RECORDED.serviceInvalid, expr: ofService('~400|422') },
    { record: RECORDED.serviceRateLimited, expr: ofService('429') },
  ]
  // The series have it already; written again, it tells the rules of several services apart.
  return rules.map(rule => ({ ...rule, labels: { job } }))
}
