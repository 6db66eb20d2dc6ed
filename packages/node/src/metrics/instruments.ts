import { Registry } from 'prom-client'
import { METRIC_THROUGHLINE_SERIES_OVERFLOW } from '@throughline/conventions'
import type { MetricDefinition } from '@throughline/conventions'
import { createHistogram, type Observe } from './histogram.ts'
import { registerMetric } from './prom-metric.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { createSeriesTable, type SeriesCap } from './series.ts'

/** Values of a definition's labels, in their order. */
export type LabelValues = readonly string[]

/** One metric of a {@link Metrics}: measurements over the cap of series go to one overflow series. */
export interface Instrument {
  /** Observes into a histogram; on other types does what `add` does there. */
  readonly observe: Observe
  /** Adds to a counter or a gauge. */
  readonly add: (values: LabelValues, value: number) => void
  /** Sets a gauge. */
  readonly set: (values: LabelValues, value: number) => void
  /** No longer serves a series of a counter or a gauge; a histogram keeps all of its. */
  readonly remove: (values: LabelValues) => void
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

/** What {@link createMetrics} needs. */
export interface MetricsOptions {
  /** Most label combinations of one metric. */
  readonly maxSeries: number
  /** Takes secrets out of labels. @default nothing does */
  readonly redactor?: Redactor
}

/**
 * Makes the metrics of one process.
 *
 * `maxSeries` bounds the label combinations of every metric: the labels are templates by design, and where an
 * application breaks that, memory and the Prometheus server must not pay for it. What is over goes to one series
 * whose every label is `overflow`, and is counted by `throughline_series_overflow_total{metric}`.
 */
export function createMetrics({ maxSeries, redactor }: MetricsOptions): Metrics {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const collectors: (() => void)[] = []
  // Its label is the name of a metric of ours, so it needs no cap itself.
  const overflow = createInstrument(
    METRIC_THROUGHLINE_SERIES_OVERFLOW,
    registry as unknown as Registry,
    { maxSeries: Number.POSITIVE_INFINITY, onOverflow: () => undefined },
  )
  const instruments = new Map([[METRIC_THROUGHLINE_SERIES_OVERFLOW.name, overflow]])

  return {
    registry: registry as unknown as Registry,
    instrument(definition) {
      const existing = instruments.get(definition.name)
      if (existing !== undefined) return existing
      const made = createInstrument(definition, registry as unknown as Registry, {
        maxSeries,
        onOverflow: () => overflow.add([definition.name], 1),
        ...(redactor !== undefined && { redact: redactLabels(definition, redactor) }),
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

/** Labels that stand for an attribute are redacted as that is. */
const redactLabels =
  ({ labels }: MetricDefinition, redactor: Redactor) =>
  (values: LabelValues): LabelValues =>
    values.map((value, at) => {
      const attribute = labels[at]?.attribute
      return attribute === undefined
        ? redactor.text(value)
        : String(redactor.attribute(attribute, value))
    })

function createInstrument(
  definition: MetricDefinition,
  registry: Registry,
  cap: SeriesCap,
): Instrument {
  if (definition.type === 'histogram') {
    const observe = createHistogram(registry, definition, cap)
    return { observe, add: observe, set: observe, remove: () => undefined }
  }
  const series = createSeriesTable(
    definition.labels.map(label => label.name),
    cap,
    () => ({ value: 0 }),
  )
  registerMetric(registry, definition, {
    read: () => [...series.entries()].map(([labels, { value }]) => ({ labels, value })),
    reset: () => series.clear(),
  })
  const add = (values: LabelValues, value: number): void => {
    series.find(values).value += value
  }
  const set = (values: LabelValues, value: number): void => {
    series.find(values).value = value
  }
  return { observe: add, add, set, remove: values => series.remove(values) }
}
