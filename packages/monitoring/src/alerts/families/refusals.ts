import { holderOf } from '../../partition/shares.ts'
import { series } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { AlertName } from '../alert-list.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import { constant, LONG_STEP, testSeries } from '../test-series.ts'
import { logsOf, type ServiceScope, tracesOf } from './service-scope.ts'

/** Requests that a service refuses: for want of rights, as invalid, as too many. */
export function refusalAlerts(scope: ServiceScope): AlertRule[] {
  if (scope.service.kind === 'worker') return []
  return [
    spike(scope, {
      alert: 'AuthFailuresSpike',
      role: 'authReview',
      metric: RECORDED.serviceUnauthorized,
      how: 'for want of rights',
      condition: '(span.http.response.status_code = 401 || span.http.response.status_code = 403)',
      means: 'somebody tries keys or passwords, or a release has locked out its users',
    }),
    spike(scope, {
      alert: 'RequestValidationSpike',
      role: 'schemaApproval',
      metric: RECORDED.serviceInvalid,
      how: 'with 400 or 422',
      condition: '(span.http.response.status_code = 400 || span.http.response.status_code = 422)',
      means: 'a caller or the schema has changed and the other has not',
    }),
    rateLimited(scope),
  ]
}

interface Spike {
  readonly alert: Extract<AlertName, 'AuthFailuresSpike' | 'RequestValidationSpike'>
  readonly role: 'authReview' | 'schemaApproval'
  readonly metric: string
  /** Why, as the end of a sentence. */
  readonly how: string
  readonly condition: string
  readonly means: string
}

function spike(
  scope: ServiceScope,
  { alert, role, metric, how, condition, means }: Spike,
): AlertRule {
  const { ownership, name } = scope
  const { value: times, for: hold } = THRESHOLDS[alert]
  const { refusedPerSecond: floor } = GUARDS
  const { team, decidedBy } = holderOf(ownership.resolver, name, role)
  const refused = series(metric, { job: name })
  const feed = (before: number, now: number): TestSeries[] => [
    testSeries(metric, { job: name }, `${before}+0x39 ${now}+0x20`),
  ]
  return buildRule(ownership, {
    alert,
    team,
    service: name,
    decidedBy: [decidedBy],
    expr: `${refused} > ${floor} and ${refused} > ${times} * avg_over_time(${refused}[1d] offset 1h)`,
    for: hold,
    summary: `${name} refuses {{ $value | humanize }} requests a second ${how}`,
    description: `That is more than ${times} times the mean of the day before the last hour: ${means}.`,
    traces: tracesOf(name, condition),
    logs: logsOf(name),
    variables: { service: name },
    step: LONG_STEP,
    cases: {
      firing: firing('from one in 10 s to two a second', '180m', feed(0.1, 2), 2, { job: name }),
      quiet: quiet('four times as many as before', '180m', feed(0.1, 0.4)),
      guards: [quiet('ten times next to nothing', '180m', feed(0.01, floor))],
    },
  })
}

function rateLimited(scope: ServiceScope): AlertRule {
  const { ownership, name, service } = scope
  const { value: limit, for: hold } = THRESHOLDS.RateLimitRejectionsHigh
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'productionFix')
  const refused = series(RECORDED.serviceRateLimited, { job: name })
  const requests = `sum by (job) (${series(RECORDED.routeRequests, { job: name })})`
  const feed = (share: number, rate = 1): TestSeries[] => [
    testSeries(RECORDED.serviceRateLimited, { job: name }, constant(share * rate)),
    testSeries(
      RECORDED.routeRequests,
      { http_request_method: 'GET', http_route: '/', job: name },
      constant(rate),
    ),
  ]
  return buildRule(ownership, {
    alert: 'RateLimitRejectionsHigh',
    team,
    service: name,
    decidedBy: [decidedBy],
    expr: `${refused} / ${requests} > ${limit} and ${requests} > ${GUARDS.requestsPerSecond}`,
    for: hold,
    summary: `${name} rejects {{ $value | humanizePercentage }} of its requests for their rate`,
    description: `That is over ${limit * 100} %. Its limits are set in: ${service.locations?.rateLimits ?? 'a place that the catalog does not name'}.`,
    traces: tracesOf(name, 'span.http.response.status_code = 429'),
    logs: logsOf(name),
    variables: { service: name },
    cases: {
      firing: firing('6 % are rejected', hold, feed(0.06), 0.06, { job: name }),
      quiet: quiet('5 % are rejected, no more', hold, feed(limit)),
      guards: [quiet('hardly anybody calls', hold, feed(0.06, GUARDS.requestsPerSecond))],
    },
  })
}
