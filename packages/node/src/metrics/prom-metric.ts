import type { MetricDefinition } from '@throughline/conventions'
import type { Registry } from 'prom-client'

/** Ids of the trace that a measurement came from. */
export type Exemplar = Readonly<{ trace_id: string; span_id: string }>

/** One line of a metric, as a registry of prom-client writes it. */
export interface PromValue {
  readonly metricName?: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
  readonly exemplar?: {
    readonly labelSet: Exemplar
    readonly value: number
    /** Seconds since the epoch. */
    readonly timestamp: number
  }
}

/**
 * Puts a metric of our own into a registry of prom-client, which asks for its lines at each scrape.
 *
 * The registry, its two formats and the application's own metrics are prom-client's. Its Histogram and Counter are not
 * used for what is measured on each request: they sort, join and hash the labels anew at every call, which was most of
 * what metrics added to a request (`npm run bench -- --overhead`).
 */
export function registerMetric(
  registry: Registry,
  { name, meaning, type }: MetricDefinition,
  lines: { readonly read: () => PromValue[]; readonly reset: () => void },
): void {
  const metric = {
    // In OpenMetrics form the registry takes the suffix off the names of counters, here.
    name,
    help: meaning,
    type,
    aggregator: 'sum',
    get: () =>
      Promise.resolve({
        name: metric.name,
        help: meaning,
        type,
        aggregator: 'sum',
        values: lines.read(),
      }),
    reset: lines.reset,
  }
  registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0])
}
