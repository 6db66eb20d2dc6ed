import {
  asAttributes,
  asBoolean,
  asEnumerated,
  asId,
  asList,
  asNanoseconds,
  asNumber,
  asObject,
  asObjects,
  asText,
  walkJson,
  type JsonObject,
} from './json-value.ts'
import { TEMPORALITIES } from './protobuf-metrics.ts'
import type { RecordOrigin } from './record-origin.ts'
import {
  isSpanId,
  isTraceId,
  serviceOf,
  type Decoded,
  type ExemplarRecord,
  type ExponentialBuckets,
  type MetricPoint,
  type MetricType,
} from './records.ts'
import { createCollection } from './rejections.ts'

const TYPES: readonly (readonly [field: string, type: MetricType])[] = [
  ['gauge', 'gauge'],
  ['sum', 'sum'],
  ['histogram', 'histogram'],
  ['exponentialHistogram', 'exponential_histogram'],
  ['summary', 'summary'],
]

/** Reads an `ExportMetricsServiceRequest` in JSON: one record a data point. */
export function readMetricsJson(request: JsonObject): Decoded<MetricPoint> {
  const points = createCollection<MetricPoint>()
  walkJson(request, ['resourceMetrics', 'scopeMetrics', 'metrics'], (metric, origin) => {
    for (const point of readMetric(metric, origin)) points.add(point)
  })
  return points.result()
}

function readMetric(metric: JsonObject, { resource, scope }: RecordOrigin): MetricPoint[] {
  const [field, type] = TYPES.find(([name]) => metric[name] != null) ?? []
  if (field === undefined || type === undefined) return []
  const data = asObject(metric[field], field)
  const common = {
    metric: asText(metric['name'], 'name'),
    description: asText(metric['description'], 'description'),
    unit: asText(metric['unit'], 'unit'),
    type,
    temporality: asEnumerated(
      data['aggregationTemporality'],
      'aggregationTemporality',
      'AGGREGATION_TEMPORALITY_',
      TEMPORALITIES,
    ),
    isMonotonic: asBoolean(data['isMonotonic'], 'isMonotonic'),
    resource,
    scope,
    service: serviceOf(resource),
  }
  return asObjects(data['dataPoints'], 'dataPoints').map(point => ({
    ...common,
    startUnixNano: asNanoseconds(point['startTimeUnixNano'], 'startTimeUnixNano'),
    timeUnixNano: asNanoseconds(point['timeUnixNano'], 'timeUnixNano'),
    attributes: asAttributes(point['attributes']),
    exemplars: asObjects(point['exemplars'], 'exemplars').map(readExemplar),
    ...readValues(point, type),
  }))
}

function readValues(point: JsonObject, type: MetricType): Partial<MetricPoint> {
  const number = (name: string): number => asNumber(point[name], name)
  const numbers = (name: string): number[] =>
    asList(point[name], name).map(value => asNumber(value, name))
  const present = <Key extends string>(...names: readonly Key[]): Partial<Record<Key, number>> =>
    Object.fromEntries(
      names.filter(name => point[name] != null).map(name => [name, number(name)]),
    ) as Partial<Record<Key, number>>
  switch (type) {
    case 'histogram':
      return {
        count: number('count'),
        ...present('sum', 'min', 'max'),
        bucketCounts: numbers('bucketCounts'),
        bounds: numbers('explicitBounds'),
      }
    case 'exponential_histogram':
      return {
        count: number('count'),
        scale: number('scale'),
        zeroCount: number('zeroCount'),
        ...present('sum', 'min', 'max'),
        ...(point['positive'] == null ? {} : { positive: readBuckets(point['positive']) }),
        ...(point['negative'] == null ? {} : { negative: readBuckets(point['negative']) }),
      }
    case 'summary':
      return {
        count: number('count'),
        sum: number('sum'),
        quantiles: asObjects(point['quantileValues'], 'quantileValues').map(entry => ({
          quantile: asNumber(entry['quantile'], 'quantile'),
          value: asNumber(entry['value'], 'value'),
        })),
      }
    default: {
      const value = point['asInt'] ?? point['asDouble']
      return value == null ? {} : { value: asNumber(value, 'value') }
    }
  }
}

function readBuckets(value: unknown): ExponentialBuckets {
  const buckets = asObject(value, 'buckets')
  return {
    offset: asNumber(buckets['offset'], 'offset'),
    counts: asList(buckets['bucketCounts'], 'bucketCounts').map(count =>
      asNumber(count, 'bucketCounts'),
    ),
  }
}

function readExemplar(exemplar: JsonObject): ExemplarRecord {
  const traceId = asId(exemplar['traceId'], 'traceId')
  const spanId = asId(exemplar['spanId'], 'spanId')
  return {
    timeUnixNano: asNanoseconds(exemplar['timeUnixNano'], 'timeUnixNano'),
    value: asNumber(exemplar['asInt'] ?? exemplar['asDouble'], 'value'),
    traceId: isTraceId(traceId) ? traceId : undefined,
    spanId: isSpanId(spanId) ? spanId : undefined,
    attributes: asAttributes(exemplar['filteredAttributes']),
  }
}
