import {
  ATTR_DB_CLIENT_CONNECTION_POOL_NAME,
  ATTR_DB_CLIENT_CONNECTION_STATE,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_V8JS_GC_TYPE,
  ATTR_V8JS_HEAP_SPACE_NAME,
} from './attributes.ts'

/** Unit in UCUM, as OpenTelemetry writes it: seconds, bytes, a ratio, or a count of `{something}`. */
export type MetricUnit = 's' | 'By' | '1' | `{${string}}`

/** One label of a metric. */
export interface MetricLabel {
  /** Name of the label in Prometheus form. */
  readonly name: string
  /** OpenTelemetry attribute it is fed from, where one exists. */
  readonly attribute?: string
}

/** One metric: its name on `/metrics`, and what it is made from. */
export interface MetricDefinition {
  /** Name in Prometheus form, unit and `_total` included; `_bucket`, `_sum` and `_count` not. */
  readonly name: string
  /** OpenTelemetry instrument of the same meaning, where one exists. */
  readonly otelName?: string
  readonly type: 'histogram' | 'counter' | 'gauge'
  readonly unit: MetricUnit
  readonly labels: readonly MetricLabel[]
  /** Upper bounds of a histogram's buckets, in `unit`. */
  readonly buckets?: readonly number[]
  /** What one value says. */
  readonly meaning: string
}

/** Value of every label of the one series that holds what is over a metric's cap of series. */
export const METRIC_LABEL_VALUE_OVERFLOW = 'overflow'

/** Buckets that OpenTelemetry's conventions prescribe for HTTP and messaging durations. */
const REQUEST_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const

/** Buckets that OpenTelemetry's conventions prescribe for database operations. */
const DATABASE_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] as const

/** Jobs run longer than requests: half a minute is common, minutes are not rare. */
const JOB_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600] as const

/** The label that Prometheus makes of an attribute. */
const from = (attribute: string): MetricLabel => ({
  name: attribute.replaceAll('.', '_'),
  attribute,
})

const QUEUE: MetricLabel = { name: 'queue', attribute: ATTR_MESSAGING_DESTINATION_NAME }

export const METRIC_HTTP_SERVER_REQUEST_DURATION: MetricDefinition = {
  name: 'http_server_request_duration_seconds',
  otelName: 'http.server.request.duration',
  type: 'histogram',
  unit: 's',
  labels: [
    from(ATTR_HTTP_REQUEST_METHOD),
    from(ATTR_HTTP_ROUTE),
    from(ATTR_HTTP_RESPONSE_STATUS_CODE),
    from(ATTR_ERROR_TYPE),
  ],
  buckets: REQUEST_SECONDS,
  meaning: 'Time from a request to the end of its response, counted before sampling.',
}

export const METRIC_HTTP_CLIENT_REQUEST_DURATION: MetricDefinition = {
  name: 'http_client_request_duration_seconds',
  otelName: 'http.client.request.duration',
  type: 'histogram',
  unit: 's',
  labels: [
    from(ATTR_HTTP_REQUEST_METHOD),
    from(ATTR_SERVER_ADDRESS),
    from(ATTR_SERVER_PORT),
    from(ATTR_HTTP_RESPONSE_STATUS_CODE),
    from(ATTR_ERROR_TYPE),
  ],
  buckets: REQUEST_SECONDS,
  meaning: 'Time an outgoing call took.',
}

export const METRIC_DB_CLIENT_OPERATION_DURATION: MetricDefinition = {
  name: 'db_client_operation_duration_seconds',
  otelName: 'db.client.operation.duration',
  type: 'histogram',
  unit: 's',
  labels: [
    from(ATTR_DB_SYSTEM_NAME),
    from(ATTR_DB_NAMESPACE),
    from(ATTR_DB_OPERATION_NAME),
    from(ATTR_ERROR_TYPE),
  ],
  buckets: DATABASE_SECONDS,
  meaning: 'Time a database operation took.',
}

export const METRIC_DB_CLIENT_CONNECTION_COUNT: MetricDefinition = {
  name: 'db_client_connection_count',
  otelName: 'db.client.connection.count',
  type: 'gauge',
  unit: '{connection}',
  labels: [from(ATTR_DB_CLIENT_CONNECTION_POOL_NAME), from(ATTR_DB_CLIENT_CONNECTION_STATE)],
  meaning: 'Connections of a pool, by state.',
}

export const METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS: MetricDefinition = {
  name: 'db_client_connection_pending_requests',
  otelName: 'db.client.connection.pending_requests',
  type: 'gauge',
  unit: '{request}',
  labels: [from(ATTR_DB_CLIENT_CONNECTION_POOL_NAME)],
  meaning: 'Callers that wait for a connection of a pool.',
}

const eventLoopDelay = (statistic: string, words: string): MetricDefinition => ({
  name: `nodejs_eventloop_delay_${statistic}_seconds`,
  otelName: `nodejs.eventloop.delay.${statistic}`,
  type: 'gauge',
  unit: 's',
  labels: [],
  meaning: `${words} delay of the event loop since the last scrape.`,
})

export const METRIC_NODEJS_EVENTLOOP_DELAY_MIN: MetricDefinition = eventLoopDelay('min', 'Least')
export const METRIC_NODEJS_EVENTLOOP_DELAY_MAX: MetricDefinition = eventLoopDelay('max', 'Longest')
export const METRIC_NODEJS_EVENTLOOP_DELAY_MEAN: MetricDefinition = eventLoopDelay('mean', 'Mean')
export const METRIC_NODEJS_EVENTLOOP_DELAY_P50: MetricDefinition = eventLoopDelay('p50', 'Median')
export const METRIC_NODEJS_EVENTLOOP_DELAY_P90: MetricDefinition = eventLoopDelay(
  'p90',
  '90th percentile of the',
)
export const METRIC_NODEJS_EVENTLOOP_DELAY_P99: MetricDefinition = eventLoopDelay(
  'p99',
  '99th percentile of the',
)

export const METRIC_NODEJS_EVENTLOOP_UTILIZATION: MetricDefinition = {
  name: 'nodejs_eventloop_utilization',
  otelName: 'nodejs.eventloop.utilization',
  type: 'gauge',
  unit: '1',
  labels: [],
  meaning: 'Share of the time since the last scrape that the event loop was busy, from 0 to 1.',
}

export const METRIC_V8JS_GC_DURATION: MetricDefinition = {
  name: 'v8js_gc_duration_seconds',
  otelName: 'v8js.gc.duration',
  type: 'histogram',
  unit: 's',
  labels: [from(ATTR_V8JS_GC_TYPE)],
  buckets: REQUEST_SECONDS,
  meaning: 'Time one garbage collection took.',
}

export const METRIC_V8JS_MEMORY_HEAP_USED: MetricDefinition = {
  name: 'v8js_memory_heap_used_bytes',
  otelName: 'v8js.memory.heap.used',
  type: 'gauge',
  unit: 'By',
  labels: [from(ATTR_V8JS_HEAP_SPACE_NAME)],
  meaning: 'Memory used, by space of the V8 heap.',
}

// No instrument of OpenTelemetry says this: `v8js.memory.heap.limit` meant the size of one space, and is no longer emitted.
export const METRIC_V8JS_MEMORY_HEAP_LIMIT: MetricDefinition = {
  name: 'v8js_memory_heap_limit_bytes',
  type: 'gauge',
  unit: 'By',
  labels: [],
  meaning: 'Size of the whole V8 heap at which the process dies (`heap_size_limit`).',
}

export const METRIC_PROCESS_RESIDENT_MEMORY: MetricDefinition = {
  name: 'process_resident_memory_bytes',
  type: 'gauge',
  unit: 'By',
  labels: [],
  meaning: 'Memory that the process occupies.',
}

export const METRIC_PROCESS_CPU: MetricDefinition = {
  name: 'process_cpu_seconds_total',
  type: 'counter',
  unit: 's',
  labels: [],
  meaning: 'Processor time that the process has used, user and system.',
}

export const METRIC_PROCESS_START_TIME: MetricDefinition = {
  name: 'process_start_time_seconds',
  type: 'gauge',
  unit: 's',
  labels: [],
  meaning: 'When the process started, as seconds since 1970.',
}

export const METRIC_THROUGHLINE_JOB_DURATION: MetricDefinition = {
  name: 'throughline_job_duration_seconds',
  otelName: 'messaging.process.duration',
  type: 'histogram',
  unit: 's',
  labels: [QUEUE, { name: 'outcome' }],
  buckets: JOB_SECONDS,
  meaning: 'Time one attempt at a job took; outcome is `completed` or `failed`.',
}

export const METRIC_THROUGHLINE_JOBS: MetricDefinition = {
  name: 'throughline_jobs',
  otelName: 'pgboss.queue.jobs',
  type: 'gauge',
  unit: '{job}',
  labels: [QUEUE, { name: 'state', attribute: 'pgboss.job.state' }],
  meaning: 'Jobs in a queue, by state, in the words of the queue product.',
}

const ROUTE: MetricLabel = from(ATTR_HTTP_ROUTE)

export const METRIC_THROUGHLINE_AUTH_FAILURES: MetricDefinition = {
  name: 'throughline_auth_failures_total',
  type: 'counter',
  unit: '{request}',
  labels: [ROUTE, { name: 'reason' }],
  meaning:
    'Requests that did not prove who they are, or may not do what they ask: `unauthenticated` and `forbidden` by their status, else as the application says.',
}

// No label for the source: an address is personal, and there are as many as there are strangers.
export const METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE: MetricDefinition = {
  name: 'throughline_auth_failures_single_source',
  type: 'gauge',
  unit: '{request}',
  labels: [ROUTE],
  meaning:
    'Most auth failures that one source has had on a route in the last five minutes, `unverifiable` ones left out.',
}

export const METRIC_THROUGHLINE_RATE_LIMITED: MetricDefinition = {
  name: 'throughline_rate_limited_total',
  type: 'counter',
  unit: '{request}',
  labels: [ROUTE],
  meaning: 'Requests that were refused because their sender asks too often.',
}

export const METRIC_THROUGHLINE_REPLAYS_BLOCKED: MetricDefinition = {
  name: 'throughline_replays_blocked_total',
  type: 'counter',
  unit: '{request}',
  labels: [ROUTE],
  meaning: 'Repeats of a request that were not carried out again.',
}

export const METRIC_THROUGHLINE_AUDIENCE_MISMATCH: MetricDefinition = {
  name: 'throughline_audience_mismatch_total',
  type: 'counter',
  unit: '{request}',
  labels: [ROUTE, { name: 'audience' }, { name: 'credential' }],
  meaning:
    'Requests whose credentials do not fit the audience of their route; credential is `session`, `api-key`, `either` or `none`.',
}

export const METRIC_THROUGHLINE_TRACES_RESTARTED: MetricDefinition = {
  name: 'throughline_traces_restarted_total',
  type: 'counter',
  unit: '{request}',
  labels: [ROUTE, { name: 'reason' }],
  meaning: 'Requests that brought a trace which was not continued, by reason.',
}

export const METRIC_THROUGHLINE_WEB_VITAL_DURATION: MetricDefinition = {
  name: 'throughline_web_vital_duration_seconds',
  type: 'histogram',
  unit: 's',
  labels: [ROUTE, { name: 'vital' }],
  buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 1.8, 2.5, 3, 4, 6, 10],
  meaning:
    'How long visitors waited, as their browsers measured it; vital is `ttfb`, `fcp`, `lcp` or `inp`.',
}

export const METRIC_THROUGHLINE_WEB_VITAL_LAYOUT_SHIFT: MetricDefinition = {
  name: 'throughline_web_vital_layout_shift_ratio',
  type: 'histogram',
  unit: '1',
  labels: [ROUTE],
  buckets: [0.01, 0.05, 0.1, 0.15, 0.25, 0.5, 1],
  meaning: 'How much a page moved under its visitor (cumulative layout shift).',
}

export const METRIC_THROUGHLINE_BROWSER_ERRORS: MetricDefinition = {
  name: 'throughline_browser_errors_total',
  type: 'counter',
  unit: '{error}',
  labels: [ROUTE],
  meaning: 'Errors that nothing in the page handled.',
}

export const METRIC_THROUGHLINE_BROWSER_REPORTS_REFUSED: MetricDefinition = {
  name: 'throughline_browser_reports_refused_total',
  type: 'counter',
  unit: '{report}',
  labels: [{ name: 'reason' }],
  meaning: 'Reports of browsers that were not taken, by reason.',
}

export const METRIC_THROUGHLINE_LOGS_DROPPED: MetricDefinition = {
  name: 'throughline_logs_dropped_total',
  type: 'counter',
  unit: '{record}',
  labels: [{ name: 'reason' }],
  meaning: 'Log records that were written or sent nowhere, by reason.',
}

export const METRIC_THROUGHLINE_REDACTIONS: MetricDefinition = {
  name: 'throughline_redactions_total',
  type: 'counter',
  unit: '{value}',
  labels: [{ name: 'rule' }],
  meaning: 'Values that were taken out of telemetry before it left the process, by rule.',
}

export const METRIC_THROUGHLINE_SPANS_DROPPED: MetricDefinition = {
  name: 'throughline_spans_dropped_total',
  type: 'counter',
  unit: '{span}',
  labels: [{ name: 'reason' }],
  meaning: 'Sampled spans that never reached the collector, by reason.',
}

export const METRIC_THROUGHLINE_SERIES_OVERFLOW: MetricDefinition = {
  name: 'throughline_series_overflow_total',
  type: 'counter',
  unit: '{measurement}',
  labels: [{ name: 'metric' }],
  meaning:
    'Measurements counted in a metric’s overflow series, since it has as many series as it may.',
}

// The only metric with a team label: it is about the team, so a re-organisation should change its series.
export const METRIC_THROUGHLINE_OWNERSHIP_REVIEWED: MetricDefinition = {
  name: 'throughline_ownership_reviewed_timestamp_seconds',
  type: 'gauge',
  unit: 's',
  labels: [{ name: 'team' }],
  meaning: 'When a team last reviewed what it owns, as seconds since 1970.',
}

export const METRIC_TARGET_INFO: MetricDefinition = {
  name: 'target_info',
  type: 'gauge',
  unit: '1',
  labels: [],
  meaning: 'Always 1; its labels are the attributes of the resource.',
}

/** Every metric that Throughline serves. */
export const METRICS: readonly MetricDefinition[] = [
  METRIC_HTTP_SERVER_REQUEST_DURATION,
  METRIC_HTTP_CLIENT_REQUEST_DURATION,
  METRIC_DB_CLIENT_OPERATION_DURATION,
  METRIC_DB_CLIENT_CONNECTION_COUNT,
  METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS,
  METRIC_NODEJS_EVENTLOOP_DELAY_MIN,
  METRIC_NODEJS_EVENTLOOP_DELAY_MAX,
  METRIC_NODEJS_EVENTLOOP_DELAY_MEAN,
  METRIC_NODEJS_EVENTLOOP_DELAY_P50,
  METRIC_NODEJS_EVENTLOOP_DELAY_P90,
  METRIC_NODEJS_EVENTLOOP_DELAY_P99,
  METRIC_NODEJS_EVENTLOOP_UTILIZATION,
  METRIC_V8JS_GC_DURATION,
  METRIC_V8JS_MEMORY_HEAP_USED,
  METRIC_V8JS_MEMORY_HEAP_LIMIT,
  METRIC_PROCESS_RESIDENT_MEMORY,
  METRIC_PROCESS_CPU,
  METRIC_PROCESS_START_TIME,
  METRIC_THROUGHLINE_JOB_DURATION,
  METRIC_THROUGHLINE_JOBS,
  METRIC_THROUGHLINE_AUTH_FAILURES,
  METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE,
  METRIC_THROUGHLINE_RATE_LIMITED,
  METRIC_THROUGHLINE_REPLAYS_BLOCKED,
  METRIC_THROUGHLINE_AUDIENCE_MISMATCH,
  METRIC_THROUGHLINE_TRACES_RESTARTED,
  METRIC_THROUGHLINE_WEB_VITAL_DURATION,
  METRIC_THROUGHLINE_WEB_VITAL_LAYOUT_SHIFT,
  METRIC_THROUGHLINE_BROWSER_ERRORS,
  METRIC_THROUGHLINE_BROWSER_REPORTS_REFUSED,
  METRIC_THROUGHLINE_LOGS_DROPPED,
  METRIC_THROUGHLINE_REDACTIONS,
  METRIC_THROUGHLINE_SPANS_DROPPED,
  METRIC_THROUGHLINE_SERIES_OVERFLOW,
  METRIC_THROUGHLINE_OWNERSHIP_REVIEWED,
  METRIC_TARGET_INFO,
]
