/** `GET /api/routes?minutes=N`: rate, errors and durations of each route, from the spans that are stored; all of them without `minutes`. */
export interface RouteTable {
  /** Seconds that the rates are over. */
  readonly seconds: number
  readonly routes: readonly RouteRow[]
}

/** One route of one service. */
export interface RouteRow {
  readonly service: string
  readonly method: string
  /** A template, a queue, or `unmatched`. */
  readonly route: string
  readonly isJob: boolean
  readonly team: string | undefined
  readonly audience: string | undefined
  /** `by-design` or `unlisted` where no team lists it. */
  readonly unowned: string | undefined
  /** `ownership.yaml:61`. */
  readonly decidedBy: string | undefined
  readonly requests: number
  /** Requests each second. */
  readonly rate: number
  /** Requests that failed: 5xx, or a failed job. */
  readonly errors: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  /** Milliseconds since 1970. */
  readonly lastSeenMs: number
  /** Requests in each of 24 equal stretches of the time, and those of them that failed. */
  readonly history: readonly { readonly requests: number; readonly errors: number }[]
  readonly objectives: readonly ObjectiveState[]
  readonly slowest: TraceRef | undefined
  readonly failing: TraceRef | undefined
}

export interface TraceRef {
  readonly traceId: string
  readonly spanId: string
  readonly durationMs: number
}

/** What a route promises, and whether what is stored keeps it. */
export interface ObjectiveState {
  /** `99.9 % succeed`, `p95 below 500 ms`. */
  readonly promise: string
  /** `99.2 %`, `612 ms`. */
  readonly measured: string
  /** `unknown` where there are too few requests to say. */
  readonly state: 'met' | 'missed' | 'unknown'
}
