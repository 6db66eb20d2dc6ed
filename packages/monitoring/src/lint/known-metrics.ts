import { METRICS } from '@throughline/conventions'
import { FOREIGN_METRICS } from '@throughline/conventions/foreign-metrics'

type MetricType = (typeof METRICS)[number]['type']

/** Name of the histogram that a `_bucket`, `_sum` or `_count` belongs to. */
export const baseMetric = (series: string): string => series.replace(/_(bucket|sum|count)$/, '')

/** What the values of each known series are, by the name a query uses. */
export type KnownMetrics = ReadonlyMap<string, 'counter' | 'gauge'>

/** Metrics that an application has besides those of the conventions, each with its type. */
export type OwnMetrics = ReadonlyMap<string, MetricType>

/** Every series that is served or read, by name. The three series of a histogram only ever grow, as counters do. */
export function listKnownMetrics(own: OwnMetrics): KnownMetrics {
  const types: (readonly [string, MetricType])[] = [
    ...[...METRICS, ...FOREIGN_METRICS].map(({ name, type }) => [name, type] as const),
    ...own,
  ]
  return new Map(
    types.flatMap(([name, type]) =>
      type === 'histogram'
        ? (['bucket', 'sum', 'count'] as const).map(part => [`${name}_${part}`, 'counter'] as const)
        : [[name, type] as const],
    ),
  )
}
