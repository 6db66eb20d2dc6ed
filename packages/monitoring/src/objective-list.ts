import type { Latency, Route } from '@throughline/catalog'
import { budgetOf } from './decimal.ts'
import { bucketAtOrAbove } from './latency-bucket.ts'

/** One thing that a route can promise. */
export interface Objective {
  /** Value of the label `slo`. */
  readonly slo: string
  /** What the route promises, as text that tells it from other promises; nothing when it does not. */
  readonly keyOf: (route: Route) => string | undefined
  /** The promise in short, as the label `objective` has it: `99.9%`, `500ms`. */
  readonly nameOf: (key: string) => string
  /** Share of requests that may miss it. */
  readonly budgetOf: (key: string) => number
  /** Bound of the histogram's bucket, in seconds, over which a request misses it; nothing for availability. */
  readonly bucketOf: (key: string) => number | undefined
}

export const AVAILABILITY: Objective = {
  slo: 'availability',
  keyOf: ({ objective }) => objective?.availability?.toString(),
  nameOf: key => `${key}%`,
  budgetOf: key => budgetOf(Number(key)),
  bucketOf: () => undefined,
}

const QUANTILES = ['p50', 'p95', 'p99'] as const satisfies readonly Exclude<keyof Latency, 'line'>[]

/** That a share of the requests takes less than a time. */
export const LATENCIES: readonly Objective[] = QUANTILES.map(quantile => ({
  slo: `latency_${quantile}`,
  keyOf: ({ objective }) => objective?.latency?.[quantile]?.ms.toString(),
  nameOf: key => `${key}ms`,
  budgetOf: () => budgetOf(Number(quantile.slice(1))),
  bucketOf: key => bucketAtOrAbove(Number(key) / 1000),
}))

export const OBJECTIVES: readonly Objective[] = [AVAILABILITY, ...LATENCIES]
