import type { MetricDefinition } from '@throughline/conventions'
import type { Registry } from 'prom-client'
import { registerMetric, type Exemplar, type PromValue } from './prom-metric.ts'
import { createSeriesTable, type SeriesCap } from './series.ts'

interface Distribution {
  /** Measurements by bucket, the one above all bounds last; not cumulative. */
  readonly counts: Float64Array
  /** The last measurement of each bucket that came from a trace. */
  readonly exemplars: PromValue['exemplar'][]
  sum: number
}

/** Observes `value` into the series with these label values. */
export type Observe = (values: readonly string[], value: number, exemplar?: Exemplar) => void

/** Registers a histogram with the buckets of `definition`; of each bucket it keeps the last exemplar. */
export function createHistogram(
  registry: Registry,
  definition: MetricDefinition,
  cap: SeriesCap,
): Observe {
  const { name, labels, buckets: bounds = [] } = definition
  const series = createSeriesTable(
    labels.map(label => label.name),
    cap,
    (): Distribution => ({
      counts: new Float64Array(bounds.length + 1),
      exemplars: Array.from({ length: bounds.length + 1 }, () => undefined),
      sum: 0,
    }),
  )
  registerMetric(registry, definition, {
    read: () =>
      [...series.entries()].flatMap(([own, distribution]) =>
        readDistribution(name, bounds, own, distribution),
      ),
    reset: () => series.clear(),
  })
  return (values, value, exemplar) => {
    const distribution = series.find(values)
    let bucket = 0
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1
    distribution.counts[bucket] = (distribution.counts[bucket] ?? 0) + 1
    distribution.sum += value
    if (exemplar !== undefined) {
      distribution.exemplars[bucket] = { labelSet: exemplar, value, timestamp: Date.now() / 1000 }
    }
  }
}

function readDistribution(
  name: string,
  bounds: readonly number[],
  labels: Readonly<Record<string, string>>,
  { counts, exemplars, sum }: Distribution,
): PromValue[] {
  let count = 0
  const buckets = [...counts].map((own, bucket): PromValue => {
    count += own
    const exemplar = exemplars[bucket]
    return {
      metricName: `${name}_bucket`,
      labels: { le: bounds[bucket] ?? '+Inf', ...labels },
      value: count,
      ...(exemplar && { exemplar }),
    }
  })
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
