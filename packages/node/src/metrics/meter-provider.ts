import { context as contextApi, createNoopMeter, trace, TraceFlags } from '@opentelemetry/api'
import type {
  Attributes,
  AttributeValue,
  BatchObservableCallback,
  Context,
  Counter,
  Gauge,
  Histogram,
  Meter,
  MeterProvider,
  Observable,
  ObservableCallback,
  UpDownCounter,
} from '@opentelemetry/api'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_ROUTE,
  HTTP_ROUTE_VALUE_UNMATCHED,
  METRICS,
  type MetricDefinition,
} from '@throughline/conventions'
import type { LabelValues, Metrics } from './instruments.ts'
import type { Exemplar } from './prom-metric.ts'

/** Counts and durations that this bridge fills; gauges of our own make are not fed through OpenTelemetry. */
const definitions: ReadonlyMap<string, MetricDefinition> = new Map(
  METRICS.flatMap(definition =>
    definition.otelName === undefined ? [] : [[definition.otelName, definition] as const],
  ),
)

/** Label values that are not simply an attribute's value. */
const derived: Readonly<Record<string, (attributes: Attributes) => string>> = {
  outcome: attributes => (attributes[ATTR_ERROR_TYPE] === undefined ? 'completed' : 'failed'),
}

/**
 * An OpenTelemetry meter provider whose instruments are prom-client metrics.
 *
 * Instrumentations measure every request, sampled or not, through OpenTelemetry's metrics API; taking that here
 * measures nothing twice. Only the instruments named in `@throughline/conventions` are kept, and only their labels:
 * whatever else a library measures is dropped, so no library can add series.
 */
export function createMeterProvider(metrics: Metrics): MeterProvider {
  const noop = createNoopMeter()
  const meter: Meter = {
    createHistogram: name => recorder(metrics, name) ?? noop.createHistogram(name),
    createGauge: name => recorder(metrics, name) ?? noop.createGauge(name),
    createCounter: name => adder(metrics, name) ?? noop.createCounter(name),
    createUpDownCounter: name => adder(metrics, name) ?? noop.createUpDownCounter(name),
    createObservableGauge: name => observable(metrics, name) ?? noop.createObservableGauge(name),
    createObservableCounter: name => noop.createObservableCounter(name),
    createObservableUpDownCounter: name =>
      observable(metrics, name) ?? noop.createObservableUpDownCounter(name),
    addBatchObservableCallback: (_callback: BatchObservableCallback) => undefined,
    removeBatchObservableCallback: (_callback: BatchObservableCallback) => undefined,
  }
  return { getMeter: () => meter }
}

function recorder(metrics: Metrics, name: string): (Histogram & Gauge) | undefined {
  const definition = definitions.get(name)
  if (definition === undefined) return undefined
  const instrument = metrics.instrument(definition)
  return {
    record: (value: number, attributes: Attributes = {}, context?: Context) =>
      instrument.observe(labelsOf(definition, attributes), value, exemplarOf(context)),
  }
}

function adder(metrics: Metrics, name: string): (Counter & UpDownCounter) | undefined {
  const definition = definitions.get(name)
  if (definition === undefined) return undefined
  const instrument = metrics.instrument(definition)
  return {
    add: (value: number, attributes: Attributes = {}) =>
      instrument.add(labelsOf(definition, attributes), value),
  }
}

function observable(metrics: Metrics, name: string): Observable | undefined {
  const definition = definitions.get(name)
  if (definition === undefined) return undefined
  const instrument = metrics.instrument(definition)
  const callbacks = new Set<ObservableCallback>()
  metrics.onScrape(() => {
    for (const callback of callbacks) {
      void callback({
        observe: (value: number, attributes: Attributes = {}) =>
          instrument.set(labelsOf(definition, attributes), value),
      })
    }
  })
  return {
    addCallback: callback => void callbacks.add(callback),
    removeCallback: callback => void callbacks.delete(callback),
  }
}

function labelsOf({ labels }: MetricDefinition, attributes: Attributes): LabelValues {
  return labels.map(({ name, attribute }) => {
    const value = attribute === undefined ? derived[name]?.(attributes) : attributes[attribute]
    return value === undefined ? absent(attribute) : labelValue(value)
  })
}

function labelValue(value: AttributeValue): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? `${value}` : JSON.stringify(value)
}

const absent = (attribute: string | undefined): string =>
  attribute === ATTR_HTTP_ROUTE ? HTTP_ROUTE_VALUE_UNMATCHED : ''

/** Ids of the sampled span of `context`; an unsampled trace exists nowhere, so it is no example of anything. */
function exemplarOf(context: Context = contextApi.active()): Exemplar | undefined {
  const span = trace.getSpanContext(context)
  if (span === undefined || (span.traceFlags & TraceFlags.SAMPLED) === 0) return undefined
  return { trace_id: span.traceId, span_id: span.spanId }
}
