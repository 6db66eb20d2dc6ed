/**
 * Names of the series that the recording rules write, by the scheme `level:metric:operation` of Prometheus.
 *
 * They keep the labels `job`, `http_request_method` and `http_route` and carry no team: who owns a route may change, its
 * history should not. `job` is the service: the catalog's name of it, as OpenTelemetry's Prometheus exporter and the
 * scrape configuration of compose/ write it.
 */
export const RECORDED = {
  /** Requests a second over 5 minutes, by route. */
  routeRequests: 'route:http_server_requests:rate5m',
  /** Requests a second that ended with a 5xx status, over 5 minutes, by route; 0 where none did. */
  routeErrors: 'route:http_server_errors:rate5m',
  /** 95th percentile of the duration in seconds over 5 minutes, by route. */
  routeP95: 'route:http_server_request_duration_seconds:p95_5m',
  /** Requests a second that did not prove who they are or may not do what they ask, over 5 minutes, by service: as the service counts, else by 401 and 403. */
  serviceUnauthorized: 'service:http_server_unauthorized:rate5m',
  /** Requests a second refused with 400 or 422, over 5 minutes, by service; 0 where none was. */
  serviceInvalid: 'service:http_server_invalid:rate5m',
  /** Requests a second refused for their rate, over 5 minutes, by service: as the service counts, else by 429. */
  serviceRateLimited: 'service:http_server_rate_limited:rate5m',
  /** Error budget: share of requests that may miss the objective, by route and `slo`. */
  errorBudget: 'slo:error_budget:ratio',
  /** Share of the error budget of 30 days that is left, by route and `slo`; negative when overspent. */
  budgetRemaining: 'slo:error_budget_remaining:ratio30d',
  /** Always 1: `service`, `route`, `team`, `audience`, `work` of a route of the catalog. Not kept per request. */
  routeOwner: 'throughline:route_owner:info',
  /** Always 1: `service`, `role`, `team`. */
  roleHolder: 'throughline:role_holder:info',
} as const

/** Windows over which objectives are measured. */
export const SLO_WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const
export type SloWindow = (typeof SLO_WINDOWS)[number]

/** Share of requests that missed the objective, by route and `slo` (`availability`, `latency_p95`, …). */
export const sliErrorRatio = (window: SloWindow): string => `slo:sli_error:ratio_rate${window}`

/** Requests within the window, by route and `slo`: too few of them say nothing. */
export const sliRequests = (window: SloWindow): string => `slo:sli_requests:increase${window}`
