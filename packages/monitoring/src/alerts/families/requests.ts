import type { Route } from '@throughline/catalog'
import { METRIC_TARGET_INFO } from '@throughline/conventions'
import { holderOf, type RouteShare, shareRoutes } from '../../partition/shares.ts'
import { seriesOf } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { AlertLabels, AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import { constant, LONG_STEP, routeLabels, testSeries } from '../test-series.ts'
import {
  errorLogsOf,
  logsOf,
  pageIfCritical,
  pageUnlessMinor,
  ROUTE,
  routeVariables,
  type ServiceScope,
  tracesOf,
  tracesOfRoute,
} from './service-scope.ts'

/** Rate and duration of requests to routes that promise nothing, and of services as a whole. */
export function requestAlerts(scope: ServiceScope): AlertRule[] {
  return [
    ...errorRatioAlerts(scope),
    ...latencyAlerts(scope),
    ...(scope.service.kind === 'worker' ? [] : [trafficStopped(scope)]),
  ]
}

const listedOrDefault = (
  listed: readonly RouteShare[],
  remainder: RouteShare,
): (readonly [RouteShare, NonNullable<AlertLabels['ownership']>])[] => [
  ...listed.map(share => [share, 'listed'] as const),
  [remainder, 'default'] as const,
]

function errorRatioAlerts(scope: ServiceScope): AlertRule[] {
  const { ownership, name } = scope
  const { value: limit, for: hold } = THRESHOLDS.HttpErrorRatioHigh
  const promised = 'promised'
  const { listed, remainder } = shareRoutes(ownership, scope, {
    role: 'productionFix',
    inherit: false,
    keyOf: ({ objective }) => (objective?.availability === undefined ? '' : promised),
  })
  return listedOrDefault(
    listed.filter(({ key }) => key !== promised),
    remainder,
  ).map(([{ team, selectors, decidedBy, sample }, kind]) => {
    const errors = seriesOf(RECORDED.routeErrors, { job: name }, selectors)
    const requests = seriesOf(RECORDED.routeRequests, { job: name }, selectors)
    const feed = (share: number, rate = 1): TestSeries[] => [
      testSeries(RECORDED.routeErrors, routeLabels(name, sample), constant(share * rate)),
      testSeries(RECORDED.routeRequests, routeLabels(name, sample), constant(rate)),
    ]
    const byDefault = kind === 'default'
    return buildRule(ownership, {
      alert: 'HttpErrorRatioHigh',
      team,
      service: name,
      decidedBy,
      expr: `${errors} / ${requests} > ${limit} and ${requests} > ${GUARDS.requestsPerSecond}`,
      for: hold,
      severity: pageIfCritical(scope),
      labels: { ownership: kind },
      summary: `${ROUTE} of ${name} fails {{ $value | humanizePercentage }} of its requests`,
      description: byDefault
        ? `More than ${limit * 100} % end with a 5xx status. No line of the catalog lists the route, so the team of the service is told.`
        : `More than ${limit * 100} % end with a 5xx status.`,
      traces: tracesOfRoute(name, 'span.http.response.status_code >= 500'),
      logs: errorLogsOf(name),
      variables: routeVariables(name),
      cases: {
        firing: firing(
          '6 % of the requests fail',
          hold,
          feed(0.06),
          0.06,
          routeLabels(name, sample),
        ),
        quiet: quiet('5 % of the requests fail, no more', hold, feed(limit)),
        guards: [quiet('hardly anybody calls it', hold, feed(0.06, GUARDS.requestsPerSecond))],
      },
    })
  })
}

/** Routes that promise a latency have alerts of their own, and those that do long work are slow on purpose. */
const isApart = ({ objective, work }: Route): boolean =>
  objective?.latency !== undefined || (work !== undefined && work !== 'request')

function latencyAlerts(scope: ServiceScope): AlertRule[] {
  const { ownership, name } = scope
  const { value: limit, for: hold } = THRESHOLDS.HttpLatencyHigh
  const apart = 'apart'
  const { listed, remainder } = shareRoutes(ownership, scope, {
    role: 'performance',
    inherit: false,
    keyOf: route => (isApart(route) ? apart : ''),
  })
  const { listed: excluded } = shareRoutes(ownership, scope, {
    role: 'performance',
    inherit: true,
    keyOf: route => (isApart(route) ? apart : undefined),
  })
  const shares = [...listed.filter(({ key }) => key !== apart), remainder]
  return shares.map(share => {
    const { team, selectors, decidedBy, sample } = share
    // Those that name no team for this role are in the remainder with the rest.
    const others = share === remainder ? excluded.flatMap(other => other.selectors) : []
    const p95 = seriesOf(RECORDED.routeP95, { job: name }, selectors)
    const requests = seriesOf(RECORDED.routeRequests, { job: name }, selectors)
    const without =
      others.length === 0 ? '' : ` unless ${seriesOf(RECORDED.routeP95, { job: name }, others)}`
    const feed = (seconds: number, rate = 1): TestSeries[] => [
      testSeries(RECORDED.routeP95, routeLabels(name, sample), constant(seconds)),
      testSeries(RECORDED.routeRequests, routeLabels(name, sample), constant(rate)),
    ]
    return buildRule(ownership, {
      alert: 'HttpLatencyHigh',
      team,
      service: name,
      decidedBy,
      expr: `(${p95} > ${limit} and ${requests} > ${GUARDS.requestsPerSecond})${without}`,
      for: hold,
      summary: `${ROUTE} of ${name} takes {{ $value | humanizeDuration }} for one request in 20`,
      description: `The 95th percentile of its duration is over ${limit} s.`,
      traces: tracesOfRoute(name, `duration > ${limit}s`),
      logs: logsOf(name),
      variables: routeVariables(name),
      cases: {
        firing: firing('one request in 20 takes 2 s', hold, feed(2), 2, routeLabels(name, sample)),
        quiet: quiet(`one request in 20 takes ${limit} s, no more`, hold, feed(limit)),
        guards: [quiet('hardly anybody calls it', hold, feed(2, GUARDS.requestsPerSecond))],
      },
    })
  })
}

/** Steps of 4 minutes. */
const STEPS_A_DAY = 360

function trafficStopped(scope: ServiceScope): AlertRule {
  const { ownership, name } = scope
  const { value: floor, for: hold } = THRESHOLDS.HttpTrafficStopped
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'productionFix')
  const requests = `${RECORDED.routeRequests}{job="${name}"}`
  const alive = `${METRIC_TARGET_INFO.name}{job="${name}"}`
  const feed = (before: number, now: number | undefined): TestSeries[] => [
    testSeries(METRIC_TARGET_INFO.name, { job: name }, '1+0x400'),
    testSeries(
      RECORDED.routeRequests,
      routeLabels(name, { method: 'GET', route: '/' }),
      `${before}+0x${STEPS_A_DAY} ${now === undefined ? 'stale' : `${now}+0x10`}`,
    ),
  ]
  return buildRule(ownership, {
    alert: 'HttpTrafficStopped',
    team,
    service: name,
    decidedBy: [decidedBy],
    // New processes that nobody has called yet have no series of requests at all.
    expr: `(sum by (job) (${requests}) or max by (job) (${alive}) * 0) == 0 and sum by (job) (${requests} offset 1d) > ${floor}`,
    for: hold,
    severity: pageUnlessMinor(scope),
    summary: `${name} gets no requests, and had some at this time yesterday`,
    description: `No request for 5 minutes; at this time yesterday there were more than ${floor} a second. Something before the service may have failed.`,
    traces: tracesOf(name),
    logs: logsOf(name),
    variables: { service: name },
    step: LONG_STEP,
    cases: {
      firing: firing('new processes get nothing after a day', '1460m', feed(1, undefined), 0, {
        job: name,
      }),
      quiet: quiet('one request in 10 s is all there was', '1460m', feed(floor, 0)),
      guards: [quiet('a little traffic is left', '1460m', feed(1, 0.01))],
    },
  })
}
