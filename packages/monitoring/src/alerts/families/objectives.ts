import type { Role } from '@throughline/catalog'
import { decimal } from '../../decimal.ts'
import { AVAILABILITY, LATENCIES, type Objective } from '../../objective-list.ts'
import type { RouteSample } from '../../partition/route-sample.ts'
import { type RouteShare, shareRoutes } from '../../partition/shares.ts'
import { seriesOf } from '../../promql.ts'
import { RECORDED, sliErrorRatio, sliRequests } from '../../recorded-series.ts'
import { BURN_WINDOWS, type BurnWindow } from '../../thresholds.ts'
import type { AlertName } from '../alert-list.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import { constant, LONG_STEP, routeLabels, testSeries } from '../test-series.ts'
import {
  errorLogsOf,
  logsOf,
  ROUTE,
  routeVariables,
  type ServiceScope,
  tracesOfRoute,
} from './service-scope.ts'

/** What is said and done about one objective when it is missed. */
interface Consequence {
  readonly objective: Objective
  readonly role: Role
  readonly alerts: {
    readonly fast: AlertName
    readonly medium: AlertName
    readonly slow: AlertName
  }
  /** What the requests do that miss it. */
  readonly says: (key: string) => string
  /** TraceQL condition that finds them. */
  readonly missed: (key: string) => string
}

const AVAILABILITY_MISSED: Consequence = {
  objective: AVAILABILITY,
  role: 'productionFix',
  alerts: {
    fast: 'AvailabilityBurnFast',
    medium: 'AvailabilityBurnMedium',
    slow: 'AvailabilityBurnSlow',
  },
  says: key => `end with a 5xx status; the objective is that ${key} % succeed`,
  missed: () => 'span.http.response.status_code >= 500',
}

const LATENCY_MISSED: readonly Consequence[] = LATENCIES.map(objective => ({
  objective,
  role: 'performance',
  alerts: { fast: 'LatencyBurnFast', medium: 'LatencyBurnMedium', slow: 'LatencyBurnSlow' },
  says: key =>
    `take more than ${objective.bucketOf(key)} s; the objective is that ${percentOf(objective, key)} % take no more than ${key} ms`,
  missed: key => `duration > ${key}ms`,
}))

const percentOf = ({ budgetOf }: Objective, key: string): number =>
  decimal(100 - 100 * budgetOf(key))

const CONSEQUENCES: readonly Consequence[] = [AVAILABILITY_MISSED, ...LATENCY_MISSED]

/** Alerts of a service's objectives: how fast the error budget burns, and that it is spent. */
export function objectiveAlerts(scope: ServiceScope): AlertRule[] {
  return CONSEQUENCES.flatMap(consequence => [
    ...sharesOf(scope, consequence, consequence.role).flatMap(share =>
      windowsFor(consequence.objective.budgetOf(share.key)).map(window =>
        burnAlert(scope, consequence, share, window),
      ),
    ),
    ...sharesOf(scope, consequence, 'productNotice').map(share =>
      exhaustedAlert(scope, consequence, share),
    ),
  ])
}

/** A large budget cannot burn that fast: no more than every request can miss the objective. */
const windowsFor = (budget: number): readonly BurnWindow[] =>
  BURN_WINDOWS.filter(({ factor }) => factor * budget < 1)

const sharesOf = (
  scope: ServiceScope,
  { objective: { keyOf } }: Consequence,
  role: Role,
): readonly RouteShare[] =>
  shareRoutes(scope.ownership, scope, { role, keyOf, inherit: true }).listed

function burnAlert(
  scope: ServiceScope,
  { objective: { slo, budgetOf, nameOf }, alerts, says, missed }: Consequence,
  { team, key, selectors, decidedBy, sample }: RouteShare,
  { severity, long, short, factor, minimumRequests }: BurnWindow,
): AlertRule {
  const { ownership, name } = scope
  const pace = long === '1h' ? 'fast' : long === '6h' ? 'medium' : 'slow'
  const limit = decimal(factor * budgetOf(key))
  const matchers = { job: name, slo }
  const ratio = (window: BurnWindow['long'] | BurnWindow['short']): string =>
    `${seriesOf(sliErrorRatio(window), matchers, selectors)} > ${limit}`
  const requests = seriesOf(sliRequests(long), matchers, selectors)
  const feed = (share: number, count: number, shareOfShort?: number): TestSeries[] =>
    burnSeries(
      { labels: sloLabels(name, sample, { slo, objective: nameOf(key) }), long, short },
      share,
      count,
      shareOfShort,
    )
  const above = decimal(Math.min(limit * 1.01, 1))
  return buildRule(ownership, {
    alert: alerts[pace],
    team,
    service: name,
    decidedBy,
    expr: `${ratio(long)} and ${ratio(short)} and ${requests} >= ${minimumRequests}`,
    severity,
    labels: { slo, window: long, objective: nameOf(key) },
    summary: `${ROUTE} of ${name} burns its ${wordsOf(slo)} budget ${factor} times too fast`,
    description: `{{ $value | humanizePercentage }} of the requests of the last ${long} ${says(key)}.`,
    traces: tracesOfRoute(name, missed(key)),
    logs: slo === AVAILABILITY.slo ? errorLogsOf(name) : logsOf(name),
    variables: routeVariables(name),
    cases: {
      firing: firing(
        `more than ${limit} of the requests miss the objective`,
        '5m',
        feed(above, minimumRequests),
        above,
        sloLabels(name, sample, { slo, objective: nameOf(key) }),
      ),
      quiet: quiet(`${limit} of the requests miss it, no more`, '5m', feed(limit, minimumRequests)),
      guards: [
        quiet('too few requests say anything', '5m', feed(above, minimumRequests - 1)),
        quiet('it is over: the short window is clean', '5m', feed(above, minimumRequests, limit)),
      ],
    },
  })
}

function exhaustedAlert(
  { ownership, name }: ServiceScope,
  { objective: { slo, nameOf }, says, missed }: Consequence,
  { team, key, selectors, decidedBy, sample }: RouteShare,
): AlertRule {
  const remaining = (value: number): TestSeries[] => [
    testSeries(
      RECORDED.budgetRemaining,
      sloLabels(name, sample, { slo, objective: nameOf(key) }),
      constant(value),
    ),
  ]
  return buildRule(ownership, {
    alert: 'ErrorBudgetExhausted',
    team,
    service: name,
    decidedBy,
    expr: `${seriesOf(RECORDED.budgetRemaining, { job: name, slo }, selectors)} < 0`,
    for: '1h',
    labels: { slo, objective: nameOf(key) },
    summary: `${ROUTE} of ${name} has spent its ${wordsOf(slo)} budget of 30 days`,
    description: `{{ $value | humanizePercentage }} of the budget is left. Requests that count ${says(key)}.`,
    traces: tracesOfRoute(name, missed(key)),
    logs: errorLogsOf(name),
    variables: routeVariables(name),
    step: LONG_STEP,
    cases: {
      firing: firing(
        'a tenth more than the budget is spent',
        '1h',
        remaining(-0.1),
        -0.1,
        sloLabels(name, sample, { slo, objective: nameOf(key) }),
      ),
      quiet: quiet('the budget is spent to the last request', '1h', remaining(0)),
    },
  })
}

/** `latency_p95` as a reader says it. */
const wordsOf = (slo: string): string => slo.replace('_', ' ')

interface BurnFeed {
  readonly labels: Readonly<Record<string, string>>
  readonly long: BurnWindow['long']
  readonly short: BurnWindow['short']
}

const sloLabels = (
  job: string,
  sample: RouteSample,
  of: { readonly slo: string; readonly objective: string },
): Record<string, string> => ({ ...routeLabels(job, sample), ...of })

/** What both windows show, and how many requests the long one has. */
function burnSeries(
  { labels, long, short }: BurnFeed,
  share: number,
  requests: number,
  shareOfShort = share,
): TestSeries[] {
  return [
    testSeries(sliErrorRatio(long), labels, constant(share)),
    testSeries(sliErrorRatio(short), labels, constant(shareOfShort)),
    testSeries(sliRequests(long), labels, constant(requests)),
  ]
}
