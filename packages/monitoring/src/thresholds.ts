/** A limit that an alert holds a measurement against, and where it comes from. */
export interface Threshold {
  readonly value: number
  /** Unit of the value: `ratio` is from 0 to 1. */
  readonly unit:
    | 'ratio'
    | 's'
    | 'requests'
    | 'requests/s'
    | 'jobs'
    | 'instances'
    | 'series'
    | 'times'
  /** How long it must hold, in Prometheus' notation. */
  readonly for: string
  readonly source: string
}

/** How fast an error budget may burn before somebody is told. */
export interface BurnWindow {
  readonly severity: 'page' | 'ticket'
  readonly long: '1h' | '6h' | '1d' | '3d'
  readonly short: '5m' | '30m' | '2h' | '6h'
  readonly factor: number
  /** Fewer requests than this in the long window say nothing. */
  readonly minimumRequests: number
}

/**
 * The multi-window table of the SRE workbook, chapter 5, for a period of 30 days: 2 % of the budget in an hour, 5 % in six,
 * 10 % in a day and in three.
 *
 * The least number of requests is ours: at 100 an hour, one failure alone is less than 14.4 times a budget of 0.1 %.
 */
export const BURN_WINDOWS: readonly BurnWindow[] = [
  { severity: 'page', long: '1h', short: '5m', factor: 14.4, minimumRequests: 100 },
  { severity: 'page', long: '6h', short: '30m', factor: 6, minimumRequests: 200 },
  { severity: 'ticket', long: '1d', short: '2h', factor: 3, minimumRequests: 400 },
  { severity: 'ticket', long: '3d', short: '6h', factor: 1, minimumRequests: 1000 },
]

const LIMITS = {
  HttpErrorRatioHigh: {
    value: 0.05,
    unit: 'ratio',
    for: '5m',
    source: 'GitLab runbooks: error ratio of services without an objective',
  },
  HttpLatencyHigh: {
    value: 1,
    unit: 's',
    for: '15m',
    source: 'RAIL model: beyond a second, people lose the thread',
  },
  /** Rate that a service must have had a day ago for silence to mean something. */
  HttpTrafficStopped: { value: 0.1, unit: 'requests/s', for: '10m', source: 'ours' },
  ServiceTelemetryMissing: {
    value: 0,
    unit: 'instances',
    for: '5m',
    source: 'Prometheus practice: absent() over a few scrapes',
  },
  EventLoopDelayHigh: {
    value: 0.25,
    unit: 's',
    for: '10m',
    source: 'a quarter of the second of HttpLatencyHigh, on every request at once',
  },
  EventLoopSaturated: {
    value: 0.9,
    unit: 'ratio',
    for: '15m',
    source: 'Node.js performance.eventLoopUtilization(): 1 is a loop that never waits',
  },
  HeapNearLimit: {
    value: 0.9,
    unit: 'ratio',
    for: '10m',
    source: 'V8 collects the whole heap again and again from there on',
  },
  /** Heap that must be in use for its growth to mean something; hours ahead are 4. */
  HeapGrowing: { value: 0.5, unit: 'ratio', for: '30m', source: 'ours' },
  GcTimeHigh: {
    value: 0.1,
    unit: 'ratio',
    for: '15m',
    source: 'JVM practice: more than 10 % of the time on collection is thrash',
  },
  InstanceChurn: {
    value: 2,
    unit: 'times',
    for: '5m',
    source: 'ours: two deployments within half an hour replace each process twice',
  },
  DatabasePoolWaiting: {
    value: 0,
    unit: 'requests',
    for: '5m',
    source: 'HikariCP: a waiting caller means a pool that is too small or held too long',
  },
  DatabasePoolExhausted: {
    value: 1,
    unit: 'times',
    for: '2m',
    source: 'as many waiting as connections: a queue of a whole round',
  },
  DatabaseOperationsSlow: {
    value: 0.5,
    unit: 's',
    for: '15m',
    source: 'half of the second of HttpLatencyHigh',
  },
  DatabaseErrorRatioHigh: {
    value: 0.05,
    unit: 'ratio',
    for: '10m',
    source: 'as HttpErrorRatioHigh',
  },
  QueueFailing: { value: 0.1, unit: 'ratio', for: '10m', source: 'ours' },
  QueueBacklogGrowing: { value: 10, unit: 'jobs', for: '15m', source: 'ours' },
  QueueStalled: { value: 0, unit: 'jobs', for: '10m', source: 'ours' },
  QueueWaitTooLong: {
    value: 1,
    unit: 'times',
    for: '10m',
    source: 'the catalog’s maxAge of the queue, by Little’s law',
  },
  DependencyErrorRatioHigh: {
    value: 0.05,
    unit: 'ratio',
    for: '10m',
    source: 'as HttpErrorRatioHigh',
  },
  DependencySlow: { value: 1, unit: 's', for: '15m', source: 'as HttpLatencyHigh' },
  AuthFailuresSpike: {
    value: 5,
    unit: 'times',
    for: '10m',
    source: 'ours: five times the mean of the day before',
  },
  AuthBruteForceSingleSource: {
    value: 100,
    unit: 'requests',
    for: '2m',
    source:
      'NIST SP 800-63B, 5.2.2: at most 100 failed attempts in a row; a forgotten tab that asks every 5 s makes 60',
  },
  TokenVerificationFailing: {
    value: 0.05,
    unit: 'requests/s',
    for: '5m',
    source: 'ours: 15 users in five minutes are locked out through no fault of theirs',
  },
  AudienceMismatch: {
    value: 10,
    unit: 'requests',
    for: '2m',
    source: 'ours: it should be none; whoever follows a wrong link makes a few',
  },
  ReplaysBlocked: {
    value: 30,
    unit: 'requests',
    for: '2m',
    source: 'ours: ten writes, each repeated as often as clients commonly do, three times',
  },
  RateLimitRejectionsHigh: {
    value: 0.05,
    unit: 'ratio',
    for: '5m',
    source: 'as HttpErrorRatioHigh',
  },
  RequestValidationSpike: { value: 5, unit: 'times', for: '15m', source: 'as AuthFailuresSpike' },
  BrowserErrorsHigh: {
    value: 0.05,
    unit: 'ratio',
    for: '10m',
    source: 'as HttpErrorRatioHigh: one visit in twenty',
  },
  VersionSkew: {
    value: 1,
    unit: 'instances',
    for: '2h',
    source: 'ours: longer than a rollout takes',
  },
  UnownedTraffic: { value: 0, unit: 'requests/s', for: '1h', source: 'ours' },
  SpansDropped: { value: 0, unit: 'ratio', for: '10m', source: 'ours' },
  LogsDropped: { value: 0, unit: 'ratio', for: '10m', source: 'as SpansDropped' },
  SeriesOverflow: {
    value: 0,
    unit: 'ratio',
    for: '10m',
    source: 'the limit of series a metric in @throughline/node, 2,000 by default',
  },
  CardinalityHigh: {
    value: 20_000,
    unit: 'series',
    for: '30m',
    source: 'ours: ten metrics at the limit of @throughline/node',
  },
  CollectorQueueNearlyFull: {
    value: 0.8,
    unit: 'ratio',
    for: '5m',
    source: 'OpenTelemetry Collector, docs on scaling: scale out from 60–70 % on',
  },
} as const

/** Every other limit, by the alert that holds it. */
export const THRESHOLDS: Readonly<Record<keyof typeof LIMITS, Threshold>> = LIMITS

/** Floors and horizons that several alerts share. */
export const GUARDS = {
  /** Fewer requests a second than this say nothing of a share of them. */
  requestsPerSecond: 0.05,
  /** Refused requests a second below which a spike is no spike. */
  refusedPerSecond: 0.2,
  /** How far HeapGrowing looks ahead, in hours. */
  heapHorizonHours: 4,
  /** Days after which a team must review what it owns. A service says its own in the catalog. */
  teamReviewDays: 90,
  /** For how long NewVersionLive is told. */
  newVersionMinutes: 30,
} as const
