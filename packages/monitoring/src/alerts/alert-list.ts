import type { Role } from '@throughline/catalog'

/** `page` wakes somebody, `ticket` waits until the morning, `notice` is worth knowing, `none` only shows that alerting works. */
export type Severity = 'page' | 'ticket' | 'notice' | 'none'

/** What an alert is about: what users feel, what will make them, that something changed, or the monitoring itself. */
export type Kind = 'symptom' | 'cause' | 'change' | 'meta'

/** What holds for every rule of one alert. */
export interface AlertDefinition {
  readonly title: string
  /** Role whose team is told. */
  readonly role: Role
  readonly severity: Severity
  readonly kind: Kind
  /** Dashboard on which it is looked at. */
  readonly dashboard: DashboardKey
}

/** The dashboards, each one file a team that has use for it. */
export type DashboardKey =
  | 'team-home'
  | 'service-overview'
  | 'route-detail'
  | 'slo'
  | 'node-runtime'
  | 'data-and-queues'
  | 'dependencies'
  | 'auth-and-abuse'
  | 'boundary'
  | 'telemetry-health'
  | 'ownership'

/** Title, role, severity, kind and dashboard of each alert. */
const ROWS = {
  AvailabilityBurnFast: [
    'Requests fail so fast that the error budget of 30 days is gone in 2 days',
    'productionFix',
    'page',
    'symptom',
    'slo',
  ],
  AvailabilityBurnMedium: [
    'Requests fail so fast that the error budget of 30 days is gone in 5 days',
    'productionFix',
    'page',
    'symptom',
    'slo',
  ],
  AvailabilityBurnSlow: [
    'Requests fail faster than the error budget allows',
    'productionFix',
    'ticket',
    'symptom',
    'slo',
  ],
  LatencyBurnFast: [
    'Requests are so slow that the latency budget of 30 days is gone in 2 days',
    'performance',
    'page',
    'symptom',
    'slo',
  ],
  LatencyBurnMedium: [
    'Requests are so slow that the latency budget of 30 days is gone in 5 days',
    'performance',
    'page',
    'symptom',
    'slo',
  ],
  LatencyBurnSlow: [
    'More requests are slow than the latency budget allows',
    'performance',
    'ticket',
    'symptom',
    'slo',
  ],
  ErrorBudgetExhausted: [
    'The error budget of 30 days is spent',
    'productNotice',
    'notice',
    'symptom',
    'slo',
  ],
  HttpErrorRatioHigh: ['Many requests fail', 'productionFix', 'ticket', 'symptom', 'route-detail'],
  HttpLatencyHigh: ['Requests are slow', 'performance', 'ticket', 'symptom', 'route-detail'],
  HttpTrafficStopped: [
    'A service that had traffic has none',
    'productionFix',
    'page',
    'symptom',
    'service-overview',
  ],
  ServiceTelemetryMissing: [
    'A service sends no metrics',
    'productionFix',
    'page',
    'cause',
    'service-overview',
  ],
  EventLoopDelayHigh: [
    'The event loop answers late',
    'performance',
    'ticket',
    'cause',
    'node-runtime',
  ],
  EventLoopSaturated: [
    'The event loop is busy nearly all the time',
    'performance',
    'ticket',
    'cause',
    'node-runtime',
  ],
  HeapNearLimit: [
    'A process is about to run out of heap',
    'productionFix',
    'page',
    'cause',
    'node-runtime',
  ],
  HeapGrowing: ['A heap grows towards its limit', 'performance', 'ticket', 'cause', 'node-runtime'],
  GcTimeHigh: [
    'A process spends its time on garbage collection',
    'performance',
    'ticket',
    'cause',
    'node-runtime',
  ],
  InstanceChurn: [
    'Processes of a service keep being replaced',
    'productionFix',
    'ticket',
    'cause',
    'node-runtime',
  ],
  DatabasePoolWaiting: [
    'Callers wait for a database connection',
    'data',
    'ticket',
    'cause',
    'data-and-queues',
  ],
  DatabasePoolExhausted: [
    'More callers wait for a database connection than there are connections',
    'productionFix',
    'page',
    'cause',
    'data-and-queues',
  ],
  DatabaseOperationsSlow: [
    'Database operations are slow',
    'data',
    'ticket',
    'cause',
    'data-and-queues',
  ],
  DatabaseErrorRatioHigh: [
    'Database operations fail',
    'data',
    'ticket',
    'cause',
    'data-and-queues',
  ],
  QueueFailing: ['Jobs fail', 'productionFix', 'ticket', 'symptom', 'data-and-queues'],
  QueueBacklogGrowing: [
    'Jobs come in faster than they are done',
    'productionFix',
    'ticket',
    'cause',
    'data-and-queues',
  ],
  QueueStalled: [
    'Jobs wait and none is done',
    'productionFix',
    'page',
    'symptom',
    'data-and-queues',
  ],
  QueueWaitTooLong: [
    'Jobs wait longer than the queue promises',
    'productionFix',
    'ticket',
    'symptom',
    'data-and-queues',
  ],
  DependencyErrorRatioHigh: [
    'Calls to a dependency fail',
    'productionFix',
    'ticket',
    'cause',
    'dependencies',
  ],
  DependencySlow: [
    'A dependency answers slowly',
    'productionFix',
    'ticket',
    'cause',
    'dependencies',
  ],
  AuthFailuresSpike: [
    'Far more requests are refused for want of rights than usual',
    'authReview',
    'ticket',
    'symptom',
    'auth-and-abuse',
  ],
  AuthBruteForceSingleSource: [
    'One source fails to prove who it is, again and again',
    'authReview',
    'ticket',
    'symptom',
    'auth-and-abuse',
  ],
  TokenVerificationFailing: [
    'Credentials cannot be verified, good ones included',
    'authReview',
    'page',
    'symptom',
    'auth-and-abuse',
  ],
  AudienceMismatch: [
    'Requests carry credentials of another audience',
    'authReview',
    'ticket',
    'cause',
    'auth-and-abuse',
  ],
  ReplaysBlocked: [
    'The same requests are sent again and again',
    'productionFix',
    'ticket',
    'symptom',
    'auth-and-abuse',
  ],
  RateLimitRejectionsHigh: [
    'Rate limits reject many requests',
    'productionFix',
    'ticket',
    'symptom',
    'auth-and-abuse',
  ],
  RequestValidationSpike: [
    'Far more requests are refused as invalid than usual',
    'schemaApproval',
    'ticket',
    'symptom',
    'service-overview',
  ],
  BrowserErrorsHigh: [
    'Pages fail in the browsers of their visitors',
    'productionFix',
    'ticket',
    'symptom',
    'route-detail',
  ],
  DeprecatedRouteInUse: [
    'A deprecated route is still called',
    'productNotice',
    'notice',
    'change',
    'route-detail',
  ],
  SunsetRouteInUse: [
    'A route is still called after its sunset',
    'productionFix',
    'ticket',
    'change',
    'route-detail',
  ],
  NewVersionLive: [
    'A new version is live',
    'productNotice',
    'notice',
    'change',
    'service-overview',
  ],
  VersionSkew: [
    'Two versions of a service run at once',
    'productionFix',
    'ticket',
    'change',
    'service-overview',
  ],
  UnownedTraffic: [
    'Requests arrive at routes that no line of the catalog lists',
    'telemetry',
    'ticket',
    'meta',
    'ownership',
  ],
  OwnershipReviewOverdue: [
    'A team has not reviewed what it owns in time',
    'productionFix',
    'notice',
    'meta',
    'ownership',
  ],
  ServiceReviewOverdue: [
    'The ownership of a service was not reviewed in time',
    'productionFix',
    'notice',
    'meta',
    'ownership',
  ],
  BoundaryTriggerMet: [
    'A decision on where work lives should be looked at again',
    'performance',
    'notice',
    'change',
    'boundary',
  ],
  SpansDropped: [
    'Spans are lost before they reach the collector',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  LogsDropped: [
    'Log lines are lost before they reach anybody',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  SeriesOverflow: [
    'A metric has reached its limit of series',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  CardinalityHigh: [
    'A service exposes very many series',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  CollectorDown: ['No collector answers', 'telemetry', 'page', 'meta', 'telemetry-health'],
  CollectorExportFailing: [
    'The collector cannot hand on what it got',
    'telemetry',
    'page',
    'meta',
    'telemetry-health',
  ],
  CollectorQueueNearlyFull: [
    'The queue of the collector is nearly full',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  CollectorRefusing: [
    'The collector refuses telemetry',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  RuleEvaluationFailing: [
    'Prometheus cannot evaluate rules',
    'telemetry',
    'page',
    'meta',
    'telemetry-health',
  ],
  NotificationsFailing: [
    'Alertmanager cannot deliver notifications',
    'telemetry',
    'page',
    'meta',
    'telemetry-health',
  ],
  ConfigReloadFailing: [
    'Prometheus or Alertmanager runs with an old configuration',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  AlertUnrouted: [
    'An alert fires that names no team of the catalog',
    'telemetry',
    'ticket',
    'meta',
    'telemetry-health',
  ],
  Watchdog: ['Alerting works', 'telemetry', 'none', 'meta', 'telemetry-health'],
} as const

/** The alerts by name. A page of docs/runbooks is named after each. */
export type AlertName = keyof typeof ROWS

type Row = readonly [
  title: string,
  role: Role,
  severity: Severity,
  kind: Kind,
  dashboard: DashboardKey,
]

const define = ([title, role, severity, kind, dashboard]: Row): AlertDefinition => ({
  title,
  role,
  severity,
  kind,
  dashboard,
})

/** Every alert that the generator can write. */
export const ALERTS: Readonly<Record<AlertName, AlertDefinition>> = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => [name, define(row)]),
) as Record<AlertName, AlertDefinition>

/** Name of the page of an alert in docs/runbooks: `availability-burn-fast`. */
export function runbookOf(alert: AlertName): string {
  return alert.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()
}
