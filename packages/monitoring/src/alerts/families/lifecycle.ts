import { METRIC_HTTP_SERVER_REQUEST_DURATION, METRIC_TARGET_INFO } from '@throughline/conventions'
import type { Route } from '@throughline/catalog'
import { holderOf, type RouteShare, shareRoutes } from '../../partition/shares.ts'
import { anyOf, BY_ROUTE, series, seriesOf } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import {
  calendarAround,
  constant,
  counting,
  LONG_STEP,
  routeLabels,
  testSeries,
} from '../test-series.ts'
import {
  logsOf,
  ROUTE,
  routeVariables,
  type ServiceScope,
  tracesOf,
  tracesOfRoute,
} from './service-scope.ts'

/** What comes and goes: deprecated routes that are still called, and versions. */
export function lifecycleAlerts(scope: ServiceScope): AlertRule[] {
  const deprecated = shareRoutes(scope.ownership, scope, {
    role: 'productNotice',
    inherit: true,
    keyOf: ({ lifecycle }) => (lifecycle === 'deprecated' ? lifecycle : undefined),
  })
  const ending = shareRoutes(scope.ownership, scope, {
    role: 'productionFix',
    inherit: true,
    keyOf: ({ sunset }: Route) => sunset,
  })
  return [
    ...deprecated.listed.map(share => deprecatedInUse(scope, share)),
    ...ending.listed.map(share => sunsetInUse(scope, share)),
    newVersionLive(scope),
    versionSkew(scope),
  ]
}

function deprecatedInUse({ ownership, name }: ServiceScope, share: RouteShare): AlertRule {
  const { team, selectors, decidedBy, sample } = share
  const metric = `${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_count`
  const requests = anyOf(
    selectors.map(
      selector => `sum by (${BY_ROUTE}) (increase(${series(metric, { job: name }, selector)}[1d]))`,
    ),
  )
  const labels = routeLabels(name, sample)
  return buildRule(ownership, {
    alert: 'DeprecatedRouteInUse',
    team,
    service: name,
    decidedBy,
    expr: `${requests} > 0`,
    summary: `${ROUTE} of ${name} is deprecated, and was called about {{ $value | humanize }} times within a day`,
    description: 'Somebody still depends on it: they have to be told before it goes.',
    traces: tracesOfRoute(name),
    logs: logsOf(name),
    variables: routeVariables(name),
    cases: {
      firing: firing(
        'one call a minute',
        '60m',
        [testSeries(metric, labels, counting(1))],
        60,
        labels,
      ),
      quiet: quiet('none since the process started', '60m', [
        testSeries(metric, labels, constant(5)),
      ]),
    },
  })
}

function sunsetInUse({ ownership, name }: ServiceScope, share: RouteShare): AlertRule {
  const { team, key: sunset, selectors, decidedBy, sample } = share
  const seconds = Date.parse(`${sunset}T00:00:00Z`) / 1000
  const requests = seriesOf(RECORDED.routeRequests, { job: name }, selectors)
  const labels = routeLabels(name, sample)
  const { step, before, after } = calendarAround(seconds)
  const calls: TestSeries[] = [testSeries(RECORDED.routeRequests, labels, '1+0x2000')]
  return buildRule(ownership, {
    alert: 'SunsetRouteInUse',
    team,
    service: name,
    decidedBy,
    expr: `${requests} > 0 and on () vector(time()) > ${seconds}`,
    labels: { sunset },
    summary: `${ROUTE} of ${name} is called after its sunset`,
    description: `It was to be gone from ${sunset} on, and still gets {{ $value | humanize }} requests a second.`,
    traces: tracesOfRoute(name),
    logs: logsOf(name),
    variables: routeVariables(name),
    step,
    cases: {
      firing: firing('called after the day', after, calls, 1, labels),
      quiet: quiet('called before the day', before, calls),
    },
  })
}

const TARGET = METRIC_TARGET_INFO.name

const versionSeries = (job: string, version: string, values: string): TestSeries =>
  testSeries(TARGET, { instance: `${version}:9464`, job, service_version: version }, values)

function newVersionLive({ ownership, name }: ServiceScope): AlertRule {
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'productNotice')
  const { newVersionMinutes: minutes } = GUARDS
  const versions = series(TARGET, { job: name, service_version: '!' })
  const before = `last_over_time(${versions}[1d] offset ${minutes}m)`
  return buildRule(ownership, {
    alert: 'NewVersionLive',
    team,
    service: name,
    decidedBy: [decidedBy],
    expr: `group by (job, service_version) (${versions}) unless group by (job, service_version) (${before}) and on (job) group by (job) (${before})`,
    summary: `${name} {{ $labels.service_version }} is live`,
    description: `No process ran that version ${minutes} minutes ago.`,
    traces: tracesOf(name, 'resource.service.version = "{{ $labels.service_version }}"'),
    logs: logsOf(name),
    variables: { service: name },
    cases: {
      firing: firing(
        'the second version comes after an hour',
        '70m',
        [versionSeries(name, '1.0.0', '1+0x62 stale'), versionSeries(name, '1.1.0', '_x60 1+0x60')],
        1,
        { job: name, service_version: '1.1.0' },
      ),
      quiet: quiet('it has been there for more than half an hour', '95m', [
        versionSeries(name, '1.0.0', '1+0x62 stale'),
        versionSeries(name, '1.1.0', '_x60 1+0x60'),
      ]),
      guards: [
        quiet('a service starts for the first time', '20m', [
          versionSeries(name, '1.0.0', '1+0x60'),
        ]),
      ],
    },
  })
}

function versionSkew({ ownership, name }: ServiceScope): AlertRule {
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'productionFix')
  const { value: limit, for: hold } = THRESHOLDS.VersionSkew
  const versions = series(TARGET, { job: name, service_version: '!' })
  return buildRule(ownership, {
    alert: 'VersionSkew',
    team,
    service: name,
    decidedBy: [decidedBy],
    expr: `count by (job) (count by (job, service_version) (${versions})) > ${limit}`,
    for: hold,
    summary: `{{ $value | humanize }} versions of ${name} have been running for ${hold}`,
    description: 'A rollout has stopped halfway, or some processes were not restarted.',
    traces: tracesOf(name),
    logs: logsOf(name),
    variables: { service: name },
    step: LONG_STEP,
    cases: {
      firing: firing(
        'two versions',
        hold,
        [versionSeries(name, '1.0.0', constant(1)), versionSeries(name, '1.1.0', constant(1))],
        2,
        { job: name },
      ),
      quiet: quiet('one version', hold, [versionSeries(name, '1.0.0', constant(1))]),
    },
  })
}
