import { newAttributes, type MutableAttributes } from './attributes.ts'
import { readAttribute, walkRequest } from './protobuf-common.ts'
import type { ProtobufReader } from './protobuf-reader.ts'
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

/** Number of the field that holds each type's data, in `Metric`. */
const TYPES: Readonly<Record<number, MetricType>> = {
  5: 'gauge',
  7: 'sum',
  9: 'histogram',
  10: 'exponential_histogram',
  11: 'summary',
}

export const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const

type Draft = { -readonly [Key in keyof MetricPoint]?: MetricPoint[Key] }

/** Reads an `ExportMetricsServiceRequest`: one record a data point. */
export function readMetrics(request: ProtobufReader): Decoded<MetricPoint> {
  const points = createCollection<MetricPoint>()
  walkRequest(request, (reader, origin) => {
    for (const point of readMetric(reader, origin)) points.add(point)
  })
  return points.result()
}

function readMetric(reader: ProtobufReader, { resource, scope }: RecordOrigin): MetricPoint[] {
  let metric = ''
  let description = ''
  let unit = ''
  let type: MetricType = 'gauge'
  let data: ProtobufReader | undefined
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    const dataType = TYPES[field]
    if (field === 1) metric = reader.string()
    else if (field === 2) description = reader.string()
    else if (field === 3) unit = reader.string()
    else if (dataType !== undefined) {
      type = dataType
      data = reader.message()
    } else reader.skip()
  }
  if (data === undefined) return []
  const { points, temporality, isMonotonic } = readData(data, type)
  const common = { metric, description, unit, type, resource, scope, service: serviceOf(resource) }
  return points.map(point => ({
    startUnixNano: 0n,
    timeUnixNano: 0n,
    attributes: newAttributes(),
    exemplars: [],
    ...point,
    ...common,
    temporality: TEMPORALITIES[temporality] ?? 'unspecified',
    isMonotonic,
  }))
}

function readData(
  reader: ProtobufReader,
  type: MetricType,
): { points: Draft[]; temporality: number; isMonotonic: boolean } {
  const points: Draft[] = []
  let temporality = 0
  let isMonotonic = false
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) points.push(readPoint(reader.message(), type))
    else if (field === 2 && type !== 'summary') temporality = reader.uint32()
    else if (field === 3 && type === 'sum') isMonotonic = reader.bool()
    else reader.skip()
  }
  return { points, temporality, isMonotonic }
}

function readPoint(reader: ProtobufReader, type: MetricType): Draft {
  switch (type) {
    case 'histogram':
      return readHistogramPoint(reader)
    case 'exponential_histogram':
      return readExponentialPoint(reader)
    case 'summary':
      return readSummaryPoint(reader)
    default:
      return readNumberPoint(reader)
  }
}

function readNumberPoint(reader: ProtobufReader): Draft {
  const attributes = newAttributes()
  const exemplars: ExemplarRecord[] = []
  const point: Draft = { attributes, exemplars }
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) point.startUnixNano = reader.fixed64()
    else if (field === 3) point.timeUnixNano = reader.fixed64()
    else if (field === 4) point.value = reader.double()
    else if (field === 5) exemplars.push(readExemplar(reader.message()))
    else if (field === 6) point.value = reader.sfixed64()
    else if (field === 7) readAttribute(reader.message(), attributes)
    else reader.skip()
  }
  return point
}

function readHistogramPoint(reader: ProtobufReader): Draft {
  const attributes = newAttributes()
  const exemplars: ExemplarRecord[] = []
  const bucketCounts: number[] = []
  const bounds: number[] = []
  const point: Draft = { attributes, exemplars, count: 0, bucketCounts, bounds }
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) point.startUnixNano = reader.fixed64()
    else if (field === 3) point.timeUnixNano = reader.fixed64()
    else if (field === 4) point.count = Number(reader.fixed64())
    else if (field === 5) point.sum = reader.double()
    else if (field === 6) reader.repeated(value => bucketCounts.push(Number(value.fixed64())), 1)
    else if (field === 7) reader.repeated(value => bounds.push(value.double()), 1)
    else if (field === 8) exemplars.push(readExemplar(reader.message()))
    else if (field === 9) readAttribute(reader.message(), attributes)
    else if (field === 11) point.min = reader.double()
    else if (field === 12) point.max = reader.double()
    else reader.skip()
  }
  return point
}

function readExponentialPoint(reader: ProtobufReader): Draft {
  const attributes = newAttributes()
  const exemplars: ExemplarRecord[] = []
  const point: Draft = { attributes, exemplars, count: 0, scale: 0, zeroCount: 0 }
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) readAttribute(reader.message(), attributes)
    else if (field === 2) point.startUnixNano = reader.fixed64()
    else if (field === 3) point.timeUnixNano = reader.fixed64()
    else if (field === 4) point.count = Number(reader.fixed64())
    else if (field === 5) point.sum = reader.double()
    else if (field === 6) point.scale = reader.sint32()
    else if (field === 7) point.zeroCount = Number(reader.fixed64())
    else if (field === 8) point.positive = readBuckets(reader.message())
    else if (field === 9) point.negative = readBuckets(reader.message())
    else if (field === 11) exemplars.push(readExemplar(reader.message()))
    else if (field === 12) point.min = reader.double()
    else if (field === 13) point.max = reader.double()
    else reader.skip()
  }
  return point
}

function readBuckets(reader: ProtobufReader): ExponentialBuckets {
  let offset = 0
  const counts: number[] = []
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) offset = reader.sint32()
    else if (field === 2) reader.repeated(value => counts.push(value.uint()), 0)
    else reader.skip()
  }
  return { offset, counts }
}

function readSummaryPoint(reader: ProtobufReader): Draft {
  const attributes = newAttributes()
  const quantiles: { quantile: number; value: number }[] = []
  const point: Draft = { attributes, count: 0, sum: 0, quantiles }
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) point.startUnixNano = reader.fixed64()
    else if (field === 3) point.timeUnixNano = reader.fixed64()
    else if (field === 4) point.count = Number(reader.fixed64())
    else if (field === 5) point.sum = reader.double()
    else if (field === 6) quantiles.push(readQuantile(reader.message()))
    else if (field === 7) readAttribute(reader.message(), attributes)
    else reader.skip()
  }
  return point
}

function readQuantile(reader: ProtobufReader): { quantile: number; value: number } {
  let quantile = 0
  let value = 0
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) quantile = reader.double()
    else if (field === 2) value = reader.double()
    else reader.skip()
  }
  return { quantile, value }
}

function readExemplar(reader: ProtobufReader): ExemplarRecord {
  let timeUnixNano = 0n
  let value = 0
  let traceId = ''
  let spanId = ''
  const attributes: MutableAttributes = newAttributes()
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) timeUnixNano = reader.fixed64()
    else if (field === 3) value = reader.double()
    else if (field === 4) spanId = reader.hex()
    else if (field === 5) traceId = reader.hex()
    else if (field === 6) value = reader.sfixed64()
    else if (field === 7) readAttribute(reader.message(), attributes)
    else reader.skip()
  }
  return {
    timeUnixNano,
    value,
    traceId: isTraceId(traceId) ? traceId : undefined,
    spanId: isSpanId(spanId) ? spanId : undefined,
    attributes,
  }
}
