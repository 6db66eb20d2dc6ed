import {
  asAttributes,
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
  walkJson(
    request,
    ['resourceMetrics', 'scopeMetrics', 'metrics'],
    (metric, { resource, scope }) => {
      for (const [field, type] of TYPES) {
        if (metric[field] === undefined) continue
        const data = asObject(metric[field], field)
        for (const point of asObjects(data['dataPoints'], 'dataPoints')) {
          points.add({
            metric: asText(metric['name'], 'name'),
            description: asText(metric['description'], 'description'),
            unit: asText(metric['unit'], 'unit'),
            type,
            temporality:
              TEMPORALITIES[asNumber(data['aggregationTemporality'], 'aggregationTemporality')] ??
              'unspecified',
            isMonotonic: data['isMonotonic'] === true,
            startUnixNano: asNanoseconds(point['startTimeUnixNano'], 'startTimeUnixNano'),
            timeUnixNano: asNanoseconds(point['timeUnixNano'], 'timeUnixNano'),
            attributes: asAttributes(point['attributes']),
            exemplars: asObjects(point['exemplars'], 'exemplars').map(readExemplar),
            ...readValues(point, type),
            resource,
            scope,
            service: serviceOf(resource),
          })
        }
      }
    },
  )
  return points.result()
}

function readValues(point: JsonObject, type: MetricType): Partial<MetricPoint> {
  const number = (name: string): number => asNumber(point[name], name)
  const numbers = (name: string): number[] =>
    asList(point[name], name).map(value => asNumber(value, name))
  const optional = <Key extends string>(...names: readonly Key[]): Partial<Record<Key, number>> =>
    Object.fromEntries(
      names.filter(name => point[name] !== undefined).map(name => [name, number(name)]),
    ) as Partial<Record<Key, number>>
  switch (type) {
    case 'histogram':
      return {
        ...optional('count', 'sum', 'min', 'max'),
        bucketCounts: numbers('bucketCounts'),
        bounds: numbers('explicitBounds'),
      }
    case 'exponential_histogram':
      return {
        ...optional('count', 'sum', 'min', 'max', 'scale', 'zeroCount'),
        ...(point['positive'] === undefined ? {} : { positive: readBuckets(point['positive']) }),
        ...(point['negative'] === undefined ? {} : { negative: readBuckets(point['negative']) }),
      }
    case 'summary':
      return {
        ...optional('count', 'sum'),
        quantiles: asObjects(point['quantileValues'], 'quantileValues').map(entry => ({
          quantile: asNumber(entry['quantile'], 'quantile'),
          value: asNumber(entry['value'], 'value'),
        })),
      }
    default:
      return { value: point['asInt'] === undefined ? number('asDouble') : number('asInt') }
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
  const value = exemplar['asInt'] === undefined ? exemplar['asDouble'] : exemplar['asInt']
  return {
    timeUnixNano: asNanoseconds(exemplar['timeUnixNano'], 'timeUnixNano'),
    value: asNumber(value, 'value'),
    traceId: isTraceId(traceId) ? traceId : undefined,
    spanId: isSpanId(spanId) ? spanId : undefined,
    attributes: asAttributes(exemplar['filteredAttributes']),
  }
}
