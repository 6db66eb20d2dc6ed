import {
  ATTR_THROUGHLINE_AUDIENCE,
  ATTR_THROUGHLINE_AUDIENCE_MISMATCH,
  METRIC_THROUGHLINE_AUDIENCE_MISMATCH,
  METRIC_THROUGHLINE_AUTH_FAILURES,
  METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE,
  METRIC_THROUGHLINE_REPLAYS_BLOCKED,
} from '@throughline/conventions'
import type { RouteShare } from '../../partition/shares.ts'
import { seriesOf } from '../../promql.ts'
import { THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet, type RuleDraft } from '../build-rule.ts'
import { constant, counting, testSeries } from '../test-series.ts'
import {
  METHODS,
  overFiveMinutes,
  type OwnerShare,
  PATH,
  sharePaths,
  tracesOfPath,
} from './owner-shares.ts'
import {
  logsOf,
  pageUnlessMinor,
  routeVariables,
  type ServiceScope,
  tracesOf,
} from './service-scope.ts'

type Draft = Omit<RuleDraft, 'team' | 'service' | 'decidedBy' | 'labels' | 'logs'>
type DraftRule = (scope: ServiceScope, share: RouteShare) => Draft

/** Who tries keys, repeats requests or comes by the wrong door, as the services themselves count it. */
export function abuseAlerts(scope: ServiceScope): AlertRule[] {
  if (scope.service.kind === 'worker') return []
  const reviewed = sharePaths(scope, 'authReview', METHODS.all)
  return [
    ...forEach(scope, reviewed, bruteForce),
    ...forEach(scope, reviewed, unverifiable),
    ...forEach(scope, reviewed, audienceMismatch),
    ...forEach(scope, sharePaths(scope, 'productionFix', METHODS.changing), replays),
  ]
}

function forEach(
  scope: ServiceScope,
  shares: readonly OwnerShare[],
  draft: DraftRule,
): AlertRule[] {
  return shares.map(share =>
    buildRule(scope.ownership, {
      ...draft(scope, share),
      team: share.team,
      service: scope.name,
      decidedBy: share.decidedBy,
      labels: share.labels,
      logs: logsOf(scope.name),
    }),
  )
}

const bruteForce: DraftRule = ({ name }, { selectors, sample: { route } }) => {
  const { value: limit, for: hold } = THRESHOLDS.AuthBruteForceSingleSource
  const metric = METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE.name
  const labels = { job: name, http_route: route }
  const feed = (failures: number): TestSeries[] => [testSeries(metric, labels, constant(failures))]
  return {
    alert: 'AuthBruteForceSingleSource',
    // Each process counts by itself: added up, sources of several processes would look like one.
    expr: `max by (job, http_route) (${seriesOf(metric, { job: name }, selectors)}) > ${limit}`,
    for: hold,
    summary: `One source failed {{ $value | humanize }} times within 5 minutes to prove who it is, on ${PATH} of ${name}`,
    description: `More than ${limit} failures of one source at one process. The traces say which source; its address is in no metric.`,
    traces: tracesOfPath(name, 'kind = server'),
    variables: routeVariables(name),
    cases: {
      firing: firing('one more failure than may be', hold, feed(limit + 1), limit + 1, labels),
      quiet: quiet('as many failures as may be', hold, feed(limit)),
    },
  }
}

const unverifiable: DraftRule = (scope, share) => {
  const { name } = scope
  const { value: limit, for: hold } = THRESHOLDS.TokenVerificationFailing
  const metric = METRIC_THROUGHLINE_AUTH_FAILURES.name
  const feed = (reason: string, perMinute: number): TestSeries[] => [
    testSeries(metric, { job: name, http_route: share.sample.route, reason }, counting(perMinute)),
  ]
  const failing = { job: name, reason: 'unverifiable' }
  return {
    alert: 'TokenVerificationFailing',
    expr: `${overFiveMinutes('rate', metric, failing, share, 'job')} > ${limit}`,
    for: hold,
    severity: pageUnlessMinor(scope),
    summary: `${name} cannot verify the credentials of {{ $value | humanize }} requests a second`,
    description:
      'Keys, or whoever issues or knows them, cannot be reached. Users and partners with good credentials are turned away.',
    traces: tracesOf(name, 'kind = server', 'span.http.response.status_code >= 400'),
    variables: { service: name },
    cases: {
      firing: firing('one in ten seconds', '10m', feed('unverifiable', 6), 0.1, { job: name }),
      quiet: quiet('one in twenty seconds, no more', '10m', feed('unverifiable', 3)),
      guards: [quiet('credentials that are wrong', '10m', feed('invalid_credentials', 60))],
    },
  }
}

const audienceMismatch: DraftRule = ({ name }, share) => {
  const { value: limit, for: hold } = THRESHOLDS.AudienceMismatch
  const metric = METRIC_THROUGHLINE_AUDIENCE_MISMATCH.name
  const labels = {
    job: name,
    http_route: share.sample.route,
    audience: 'partner',
    credential: 'session',
  }
  const feed = (perMinute: number): TestSeries[] => [
    testSeries(metric, labels, counting(perMinute)),
  ]
  const by = 'job, http_route, audience, credential'
  return {
    alert: 'AudienceMismatch',
    expr: `${overFiveMinutes('increase', metric, { job: name }, share, by)} > ${limit}`,
    for: hold,
    summary: `${PATH} of ${name} got {{ $value | humanize }} requests within 5 minutes with credentials of another audience`,
    description:
      'The route is for the audience {{ $labels.audience }}, and what they carry is: {{ $labels.credential }}. They are counted and not refused: whether they get anything is up to the service.',
    // By the audience: a request that is turned away before its route is known has no route on its span.
    traces: tracesOf(
      name,
      `span.${ATTR_THROUGHLINE_AUDIENCE} = "{{ $labels.audience }}"`,
      `span.${ATTR_THROUGHLINE_AUDIENCE_MISMATCH} = "{{ $labels.credential }}"`,
    ),
    variables: routeVariables(name),
    cases: {
      firing: firing('three a minute', '10m', feed(3), 15, labels),
      quiet: quiet('two a minute, no more', '10m', feed(limit / 5)),
    },
  }
}

const replays: DraftRule = ({ name }, share) => {
  const { value: limit, for: hold } = THRESHOLDS.ReplaysBlocked
  const metric = METRIC_THROUGHLINE_REPLAYS_BLOCKED.name
  const labels = { job: name, http_route: share.sample.route }
  const feed = (perMinute: number): TestSeries[] => [
    testSeries(metric, labels, counting(perMinute)),
  ]
  return {
    alert: 'ReplaysBlocked',
    expr: `${overFiveMinutes('increase', metric, { job: name }, share, 'job, http_route')} > ${limit}`,
    for: hold,
    summary: `${PATH} of ${name} got {{ $value | humanize }} repeats within 5 minutes of requests that it had answered`,
    description: `More than ${limit}. None was carried out again: each got the answer of the first.`,
    traces: tracesOfPath(name, 'kind = server'),
    variables: routeVariables(name),
    cases: {
      firing: firing('ten a minute', '10m', feed(10), 50, labels),
      quiet: quiet('six a minute, no more', '10m', feed(limit / 5)),
    },
  }
}
