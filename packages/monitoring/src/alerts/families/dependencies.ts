import { METRIC_HTTP_CLIENT_REQUEST_DURATION } from '@throughline/conventions'
import type { Dependency } from '@throughline/catalog'
import { escapeRegex } from '../../partition/route-regex.ts'
import { holderOf } from '../../partition/shares.ts'
import { type Matchers, series } from '../../promql.ts'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { AlertLabels, AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import { counting, testSeries } from '../test-series.ts'
import {
  errorLogsOf,
  logsOf,
  pageIfCritical,
  type ServiceScope,
  tracesOf,
} from './service-scope.ts'

/** Calls of a service that one rule is about. */
interface Calls {
  readonly team: string
  readonly decidedBy: string
  readonly ownership: NonNullable<AlertLabels['ownership']>
  readonly critical: boolean
  /** Tells the rules of one team apart. */
  readonly host: string
  /** Rate of a series of the calls, by host and port and whatever else. */
  readonly rate: (suffix: string, more?: Matchers, by?: string) => string
  readonly sample: Matchers
}

/** Hosts that a service calls: each that the catalog lists, and the remainder, which the calling service answers for. */
export function dependencyAlerts(scope: ServiceScope): AlertRule[] {
  return listCalls(scope).flatMap(calls => [errorRatioHigh(scope, calls), slow(scope, calls)])
}

const METRIC = METRIC_HTTP_CLIENT_REQUEST_DURATION.name
const BY_HOST = 'job, server_address, server_port'

function rateOf(matchers: Matchers) {
  return (suffix: string, more: Matchers = {}, by = BY_HOST): string =>
    `sum by (${by}) (rate(${series(`${METRIC}_${suffix}`, { ...matchers, ...more })}[5m]))`
}

function listCalls({ ownership, name, service }: ServiceScope): Calls[] {
  const listed = service.dependencies
    .flatMap(dependency =>
      dependency.host === undefined ? [] : [{ dependency, host: dependency.host }],
    )
    .toSorted((a, b) => (a.host < b.host ? -1 : 1))
  const rates = listed.map(({ host }) => rateOf({ job: name, ...hostMatchers(host) }))
  const all = rateOf({ job: name })
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'productionFix')
  return [
    ...listed.map(({ dependency, host }, index): Calls => ({
      team: dependency.team,
      decidedBy: `${name} host ${host}`,
      ownership: 'listed',
      critical: isCritical(dependency),
      host,
      rate: rates[index] ?? all,
      sample: { job: name, ...sampleHost(host) },
    })),
    {
      team,
      decidedBy,
      ownership: 'default',
      critical: false,
      host: 'others',
      // A host and its port are two labels, so what is left cannot be told by matchers; it is the same metric less the listed.
      rate: (suffix, more, by) =>
        [all, ...rates].map(rate => rate(suffix, more, by)).join(' unless '),
      sample: { job: name, server_address: 'unlisted.example', server_port: '443' },
    },
  ]
}

const isCritical = ({ critical = false }: Dependency): boolean => critical

/** Matchers of `host`, `host:port` or `*.host`. */
function hostMatchers(host: string): Matchers {
  const [, address = host, port] = /^(.+?)(?::(\d+))?$/.exec(host) ?? []
  return {
    server_address: address.startsWith('*.') ? `~.+${escapeRegex(address.slice(1))}` : address,
    ...(port === undefined ? {} : { server_port: port }),
  }
}

function sampleHost(host: string): Matchers {
  const [, address = host, port = '443'] = /^(.+?)(?::(\d+))?$/.exec(host) ?? []
  return { server_address: address.replace(/^\*/, 'api'), server_port: port }
}

const HOST = '{{ $labels.server_address }}:{{ $labels.server_port }}'
const TO_HOST = ['kind = client', 'span.server.address = "{{ $labels.server_address }}"']

/** Answers that callers provoke on purpose: a look-up that finds nothing, a write that meets another. */
const EXPECTED = '400|404|409|410|412|422'

function errorRatioHigh(scope: ServiceScope, calls: Calls): AlertRule {
  const { ownership, name } = scope
  const { team, decidedBy, rate, sample, critical } = calls
  const { value: limit, for: hold } = THRESHOLDS.DependencyErrorRatioHigh
  const failed = rate('count', { error_type: '!', http_response_status_code: `!~${EXPECTED}` })
  const every = rate('count')
  const feed = (errors: number, all: number): TestSeries[] => [
    call('count', { ...sample, error_type: '503' }, errors),
    call('count', { ...sample, error_type: '' }, all - errors),
  ]
  return buildRule(ownership, {
    alert: 'DependencyErrorRatioHigh',
    team,
    service: name,
    decidedBy: [decidedBy],
    expr: `(${failed}) / (${every}) > ${limit} and (${every}) > ${GUARDS.requestsPerSecond}`,
    for: hold,
    severity: critical ? pageIfCritical(scope) : 'ticket',
    labels: { ownership: calls.ownership, dependency: calls.host },
    summary: `{{ $value | humanizePercentage }} of the calls of ${name} to ${HOST} fail`,
    description: `Over ${limit * 100} % for ${hold}: it cannot be reached, does not let us in, or answers with an error.${calls.ownership === 'default' ? ' The catalog does not list the host, so the team of the calling service is told.' : ''}`,
    traces: tracesOf(name, ...TO_HOST, 'status = error'),
    logs: errorLogsOf(name),
    variables: { service: name },
    cases: {
      firing: firing('6 of 60 calls each minute fail', '20m', feed(6, 60), 0.1, sample),
      quiet: quiet('3 of 60 calls each minute fail', '20m', feed(3, 60)),
      guards: [
        quiet('hardly any call', '20m', feed(1, 2)),
        quiet('half of the look-ups find nothing', '20m', [
          call('count', { ...sample, error_type: '404', http_response_status_code: '404' }, 30),
          call('count', { ...sample, error_type: '' }, 30),
        ]),
      ],
    },
  })
}

const call = (
  suffix: string,
  labels: Readonly<Record<string, string>>,
  perMinute: number,
): TestSeries => testSeries(`${METRIC}_${suffix}`, labels, counting(perMinute))

function slow(scope: ServiceScope, calls: Calls): AlertRule {
  const { ownership, name } = scope
  const { team, decidedBy, rate, sample } = calls
  const { value: limit, for: hold } = THRESHOLDS.DependencySlow
  const feed = (within: number): TestSeries[] => [
    call('bucket', { ...sample, le: '1' }, within),
    call('bucket', { ...sample, le: '2.5' }, 60),
    call('bucket', { ...sample, le: '+Inf' }, 60),
    call('count', sample, 60),
  ]
  return buildRule(ownership, {
    alert: 'DependencySlow',
    team,
    service: name,
    decidedBy: [decidedBy],
    expr: `histogram_quantile(0.95, ${rate('bucket', {}, `${BY_HOST}, le`)}) > ${limit} and (${rate('count')}) > ${GUARDS.requestsPerSecond}`,
    for: hold,
    labels: { ownership: calls.ownership, dependency: calls.host },
    summary: `One call in 20 of ${name} to ${HOST} takes {{ $value | humanizeDuration }}`,
    description: `The 95th percentile is over ${limit} s for ${hold}.`,
    traces: tracesOf(name, ...TO_HOST, `duration > ${limit}s`),
    logs: logsOf(name),
    variables: { service: name },
    cases: {
      firing: firing('all take between 1 s and 2.5 s', '25m', feed(0), 2.425, sample),
      quiet: quiet('all take a second or less', '25m', feed(60)),
    },
  })
}
