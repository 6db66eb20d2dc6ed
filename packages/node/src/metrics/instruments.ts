import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import {
  METRIC_LABEL_VALUE_OVERFLOW,
  METRIC_THROUGHLINE_SERIES_OVERFLOW,
} from '@throughline/conventions'
import type { MetricDefinition } from '@throughline/conventions'

/** Label values by name, all of a definition's labels present. */
export type LabelValues = Readonly<Record<string, string>>

/** Ids of the trace that a measurement came from. */
export type Exemplar = Readonly<{ trace_id: string; span_id: string }>

/** One metric of a {@link Metrics}: measurements over the cap of series go to one overflow series. */
export interface Instrument {
  /** Observes into a histogram; on other types does what `set` and `add` do there. */
  observe(labels: LabelValues, value: number, exemplar?: Exemplar): void
  /** Adds to a counter or a gauge. */
  add(labels: LabelValues, value: number): void
  /** Sets a gauge. */
  set(labels: LabelValues, value: number): void
}

/** The metrics of this process, behind `/metrics`. */
export interface Metrics {
  readonly registry: Registry
  /** The instrument of `definition`, made at its first use. `collect` runs before each scrape. */
  instrument(definition: MetricDefinition): Instrument
  /** Runs `collect` before each scrape. A throw costs that scrape's values only. */
  onScrape(collect: () => void): void
  /** The registry as text, in OpenMetrics form. */
  scrape(): Promise<string>
}

/**
 * Makes the metrics of one process.
 *
 * `maxSeries` bounds the label combinations of every metric: the labels are templates by design, and where an
 * application breaks that, memory and the Prometheus server must not pay for it. What is over goes to one series
 * whose every label is `overflow`, and is counted by `throughline_series_overflow_total{metric}`.
 */
export function createMetrics({ maxSeries }: { readonly maxSeries: number }): Metrics {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const instruments = new Map<string, Instrument>()
  const collectors: (() => void)[] = []
  const overflow = new Counter({
    name: METRIC_THROUGHLINE_SERIES_OVERFLOW.name,
    help: METRIC_THROUGHLINE_SERIES_OVERFLOW.meaning,
    labelNames: ['metric'],
    registers: [registry],
  })

  return {
    registry: registry as unknown as Registry,
    instrument(definition) {
      const existing = instruments.get(definition.name)
      if (existing !== undefined) return existing
      const made = createInstrument(definition, registry as unknown as Registry, {
        maxSeries,
        onOverflow: () => overflow.inc({ metric: definition.name }),
      })
      instruments.set(definition.name, made)
      return made
    },
    onScrape: collect => void collectors.push(collect),
    async scrape() {
      for (const collect of collectors) {
        try {
          collect()
        } catch {
          // A collector reads what an application gave it; its values of this scrape are lost, the others are not.
        }
      }
      return registry.metrics()
    },
  }
}

function createInstrument(
  { name, meaning, type, labels, buckets }: MetricDefinition,
  registry: Registry,
  cap: { readonly maxSeries: number; readonly onOverflow: () => void },
): Instrument {
  const labelNames = labels.map(label => label.name)
  const config = { name, help: meaning, labelNames, registers: [registry] }
  const admit = createSeriesCap(labelNames, cap)
  switch (type) {
    case 'histogram': {
      const histogram = new Histogram({
        ...config,
        buckets: [...(buckets ?? [])],
        enableExemplars: true,
      })
      const observe: Instrument['observe'] = (values, value, exemplar) =>
        // With exemplars enabled prom-client takes one object only, whatever its types say.
        histogram.observe({
          labels: admit(values),
          value,
          ...(exemplar === undefined ? {} : { exemplarLabels: exemplar }),
        } as never)
      return { observe, add: observe, set: observe }
    }
    case 'counter': {
      const counter = new Counter(config)
      const add: Instrument['add'] = (values, value) => counter.inc(admit(values), value)
      return { observe: add, add, set: add }
    }
    case 'gauge': {
      const gauge = new Gauge(config)
      const set: Instrument['set'] = (values, value) => gauge.set(admit(values), value)
      return { observe: set, add: (values, value) => gauge.inc(admit(values), value), set }
    }
  }
}

/** Lets label combinations through until there are `maxSeries`; later new ones become the overflow series. */
function createSeriesCap(
  labelNames: readonly string[],
  { maxSeries, onOverflow }: { readonly maxSeries: number; readonly onOverflow: () => void },
): (labels: LabelValues) => LabelValues {
  const known = new Set<string>()
  const overflowLabels = Object.fromEntries(
    labelNames.map(name => [name, METRIC_LABEL_VALUE_OVERFLOW]),
  )
  return labels => {
    let key = ''
    for (const name of labelNames) key += `${labels[name]}\u0000`
    if (known.has(key)) return labels
    // The overflow series is itself one of the series that are allowed.
    if (known.size < maxSeries - 1) {
      known.add(key)
      return labels
    }
    onOverflow()
    return overflowLabels
  }
}
