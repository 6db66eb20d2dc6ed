import type {
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import {
  elapsedMilliseconds,
  serviceOf,
  toMilliseconds,
  type AttributeValue,
  type LogRecord,
  type MetricPoint,
  type ResourceRecord,
  type SpanRecord,
} from '../src/records.ts'
import type { Random } from './random.ts'

export type SdkLog = Parameters<typeof ProtobufLogsSerializer.serializeRequest>[0][number]
export type SdkMetrics = Parameters<typeof ProtobufMetricsSerializer.serializeRequest>[0]
type SdkMetric = SdkMetrics['scopeMetrics'][number]['metrics'][number]
type SdkResource = ReadableSpan['resource']
type SdkScope = ReadableSpan['instrumentationScope']
type HrTime = ReadableSpan['startTime']

/** What the SDK hands to its exporters, made at random, and the record that has to arrive for each. */
export interface Telemetry<Sent, Record> {
  readonly sent: Sent
  readonly expected: readonly Record[]
}

const WORDS = [
  '',
  'GET /invoices/[id]',
  'http.request.method',
  '__proto__',
  'constructor',
  '1',
  'Zażółć gęślą jaźń',
  '请求 → 応答',
  '👩🏽‍🚀 launch',
  'e\u0301 \u0000 \u001b[31m \u2028',
  'half a pair \ud83d',
  '\udc00 the other half',
  '\ufeffmark',
  'é',
  'x'.repeat(49),
  'long '.repeat(40),
] as const

const NUMBERS = [
  0,
  1,
  -1,
  127,
  128,
  -129,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 63 - 1024,
  2 ** 63,
  -(2 ** 63),
  1e21,
  0.1,
  -1.5,
  5e-324,
  Number.MAX_VALUE,
] as const

const LAST_SECOND = 18_446_744_072

const word = (random: Random): string => `${random.pick(WORDS)}${random.pick(WORDS)}`
const integer = (random: Random): number => random.pick(NUMBERS.filter(Number.isSafeInteger))
const count = (random: Random): number => random.pick([0, 1, 127, 300, 2 ** 32 - 1])
const finite = (random: Random): number => random.pick(NUMBERS)

function hex(random: Random, bytes: number): string {
  const digits = Array.from({ length: bytes * 2 }, () => random.below(16).toString(16)).join('')
  return `f${digits.slice(1)}`
}

function time(random: Random): HrTime {
  const seconds = random.pick([0, 1, 65_535, 65_536, 1_795_000_000, LAST_SECOND])
  return [seconds, random.pick([0, 1, 999_999_999, random.below(1e9)])]
}

function value(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 6 : 9)) {
    case 0:
    case 1:
      return word(random)
    case 2:
      return random.pick(NUMBERS)
    case 3:
      return random.chance(0.5)
    case 4:
      return Uint8Array.from(random.some(40, () => random.below(256)))
    case 5:
      return random.pick([null, undefined])
    case 6:
      return random.some(4, () => value(random, depth + 1))
    default:
      return attributes(random, depth + 1)
  }
}

/** Attributes with whatever the SDK lets through, which its types do not all show. */
function attributes(random: Random, depth = 0): SdkResource['attributes'] {
  const entries = random.some(6, () => [word(random), value(random, depth)] as const)
  return Object.fromEntries(entries)
}

function resource(random: Random): SdkResource {
  const own = random.chance(0.8) ? { 'service.name': random.pick(['web', '', 'zażółć']) } : {}
  return resourceFromAttributes({ ...attributes(random), ...own })
}

function scopes(random: Random): SdkScope[] {
  return ['a', 'b', 'é'].map(name => ({
    name,
    ...(random.chance(0.5) ? { version: word(random), schemaUrl: 'https://example.com/1' } : {}),
  }))
}

/** Spans of one resource in three scopes. */
export function randomSpans(random: Random, size = 30): Telemetry<ReadableSpan[], SpanRecord> {
  const from = resource(random)
  const groups = scopes(random)
  const spans = Array.from({ length: size }, (_, index) =>
    randomSpan(random, from, groups[index % 3] as SdkScope),
  )
  return { sent: spans, expected: inOrderOf(groups, spans).map(expectedSpan) }
}

function context(random: Random): ReturnType<ReadableSpan['spanContext']> {
  const state = random.pick(['', 'a=1', 'vendor@x=1,b=zażółć'])
  return {
    traceId: hex(random, 16),
    spanId: hex(random, 8),
    traceFlags: random.below(4),
    ...(random.chance(0.3) ? { isRemote: random.chance(0.5) } : {}),
    ...(random.chance(0.5)
      ? { traceState: { serialize: () => state } as unknown as TraceState }
      : {}),
  }
}
type TraceState = NonNullable<ReturnType<ReadableSpan['spanContext']>['traceState']>

function randomSpan(
  random: Random,
  from: SdkResource,
  instrumentationScope: SdkScope,
): ReadableSpan {
  const own = context(random)
  return {
    name: word(random),
    kind: random.below(5),
    spanContext: () => own,
    ...(random.chance(0.7) ? { parentSpanContext: context(random) } : {}),
    startTime: time(random),
    endTime: time(random),
    status: { code: random.below(3), ...(random.chance(0.5) ? { message: word(random) } : {}) },
    attributes: attributes(random),
    links: random.some(2, () => ({
      context: context(random),
      ...(random.chance(0.5) ? { attributes: attributes(random) } : {}),
      droppedAttributesCount: count(random),
    })),
    events: random.some(3, () => ({
      name: word(random),
      time: time(random),
      ...(random.chance(0.5) ? { attributes: attributes(random) } : {}),
    })),
    duration: [0, 0],
    ended: true,
    resource: from,
    instrumentationScope,
    droppedAttributesCount: count(random),
    droppedEventsCount: count(random),
    droppedLinksCount: count(random),
  }
}

function expectedSpan(span: ReadableSpan): SpanRecord {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext()
  const start = nanoseconds(span.startTime)
  const end = nanoseconds(span.endTime)
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    traceState: traceState?.serialize() ?? '',
    flags: traceFlags | 0x100 | (span.parentSpanContext?.isRemote === true ? 0x200 : 0),
    name: span.name.toWellFormed(),
    kind: (['internal', 'server', 'client', 'producer', 'consumer'] as const)[span.kind],
    startUnixNano: start,
    endUnixNano: end,
    startMs: toMilliseconds(start),
    durationMs: elapsedMilliseconds(start, end),
    status: (['unset', 'ok', 'error'] as const)[span.status.code],
    statusMessage: (span.status.message ?? '').toWellFormed(),
    attributes: plainAttributes(span.attributes),
    events: span.events.map(event => ({
      name: event.name.toWellFormed(),
      timeUnixNano: nanoseconds(event.time),
      attributes: plainAttributes(event.attributes ?? {}),
    })),
    links: span.links.map(link => ({
      traceId: link.context.traceId,
      spanId: link.context.spanId,
      traceState: link.context.traceState?.serialize() ?? '',
      attributes: plainAttributes(link.attributes ?? {}),
    })),
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
    ...originOf(span.resource, span.instrumentationScope),
  }
}

/** Log records of one resource in three scopes. */
export function randomLogs(random: Random, size = 30): Telemetry<SdkLog[], LogRecord> {
  const from = resource(random)
  const groups = scopes(random)
  const logs = Array.from({ length: size }, (_, index): SdkLog => {
    return {
      hrTime: time(random),
      hrTimeObserved: time(random),
      ...(random.chance(0.5) ? { spanContext: context(random) } : {}),
      ...(random.chance(0.5) ? { severityText: word(random) } : {}),
      ...(random.chance(0.8) ? { severityNumber: random.below(25) } : {}),
      ...(random.chance(0.8) ? { body: value(random) } : {}),
      ...(random.chance(0.3) ? { eventName: word(random) } : {}),
      resource: from,
      instrumentationScope: groups[index % 3] as SdkScope,
      attributes: attributes(random),
      droppedAttributesCount: count(random),
    }
  })
  return { sent: logs, expected: inOrderOf(groups, logs).map(expectedLog) }
}

function expectedLog(log: SdkLog): LogRecord {
  return {
    timeUnixNano: nanoseconds(log.hrTime),
    observedTimeUnixNano: nanoseconds(log.hrTimeObserved),
    severityNumber: log.severityNumber ?? 0,
    severityText: (log.severityText ?? '').toWellFormed(),
    body: plainValue(log.body),
    attributes: plainAttributes(log.attributes),
    eventName: (log.eventName ?? '').toWellFormed(),
    traceId: log.spanContext?.traceId,
    spanId: log.spanContext?.spanId,
    ...originOf(log.resource, log.instrumentationScope),
  }
}

/** Metrics of every type that the SDK has, of one resource in three scopes. */
export function randomMetrics(random: Random, size = 24): Telemetry<SdkMetrics, MetricPoint> {
  const from = resource(random)
  const scopeMetrics = scopes(random).map(scope => ({
    scope,
    metrics: Array.from({ length: Math.ceil(size / 3) }, (_, index) => randomMetric(random, index)),
  }))
  return {
    sent: { resource: from, scopeMetrics },
    expected: scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.flatMap(metric => expectedPoints(metric, originOf(from, scope))),
    ),
  }
}

const TYPES = ['histogram', 'exponential_histogram', 'gauge', 'sum'] as const
const TYPE_SUM = 3
const VALUE_DOUBLE = 1

function randomMetric(random: Random, index: number): SdkMetric {
  const dataPointType = index % TYPES.length
  const valueType = random.below(2)
  return {
    descriptor: { name: word(random), description: word(random), unit: word(random), valueType },
    aggregationTemporality: random.below(2),
    dataPointType,
    ...(dataPointType === TYPE_SUM ? { isMonotonic: random.chance(0.5) } : {}),
    dataPoints: random.some(4, () => ({
      startTime: time(random),
      endTime: time(random),
      attributes: attributes(random),
      value: randomValue(random, TYPES[dataPointType], valueType),
    })),
  } as unknown as SdkMetric
}

function randomValue(
  random: Random,
  type: (typeof TYPES)[number] | undefined,
  valueType: number,
): unknown {
  const extremes = random.chance(0.5) ? { min: finite(random), max: finite(random) } : {}
  const whole = { count: count(random), ...extremes }
  const sum = random.chance(0.8) ? { sum: finite(random) } : {}
  const buckets = (): object => ({
    offset: random.pick([0, 1, -1, 2 ** 30, -(2 ** 30)]),
    bucketCounts: random.some(20, () => count(random)),
  })
  switch (type) {
    case 'histogram': {
      const boundaries = random.some(5, () => finite(random))
      return {
        ...whole,
        ...sum,
        buckets: { boundaries, counts: [0, ...boundaries].map(() => count(random)) },
      }
    }
    case 'exponential_histogram':
      return {
        ...whole,
        ...sum,
        scale: random.pick([0, 20, -10]),
        zeroCount: count(random),
        positive: buckets(),
        negative: buckets(),
      }
    default:
      return valueType === VALUE_DOUBLE ? finite(random) : integer(random)
  }
}

function expectedPoints(
  metric: SdkMetric,
  origin: Pick<MetricPoint, 'resource' | 'scope' | 'service'>,
): MetricPoint[] {
  const { name, description, unit } = metric.descriptor
  const type = TYPES[metric.dataPointType]
  return metric.dataPoints.map(point => ({
    metric: name.toWellFormed(),
    description: description.toWellFormed(),
    unit: unit.toWellFormed(),
    type,
    temporality:
      type === 'gauge'
        ? 'unspecified'
        : ((['delta', 'cumulative'] as const)[metric.aggregationTemporality] as never),
    isMonotonic: 'isMonotonic' in metric && metric.isMonotonic,
    startUnixNano: nanoseconds(point.startTime),
    timeUnixNano: nanoseconds(point.endTime),
    attributes: plainAttributes(point.attributes),
    exemplars: [],
    ...expectedValues(point.value),
    ...origin,
  }))
}

function expectedValues(given: SdkMetric['dataPoints'][number]['value']): Partial<MetricPoint> {
  if (typeof given === 'number') return { value: given }
  if ('buckets' in given) {
    const { buckets, ...rest } = given
    return {
      ...rest,
      bucketCounts: buckets.counts,
      bounds: buckets.boundaries,
    }
  }
  const { positive, negative, ...rest } = given
  const counts = (half: typeof positive): NonNullable<MetricPoint['positive']> => ({
    offset: half.offset,
    counts: half.bucketCounts,
  })
  return { ...rest, positive: counts(positive), negative: counts(negative) }
}

function originOf(
  from: SdkResource,
  { name, version = '' }: SdkScope,
): Pick<SpanRecord, 'resource' | 'scope' | 'service'> {
  const record: ResourceRecord = { attributes: plainAttributes(from.attributes) }
  return {
    resource: record,
    scope: { name: name.toWellFormed(), version: version.toWellFormed() },
    service: serviceOf(record),
  }
}

/** The exporters send scope by scope. */
function inOrderOf<T extends { readonly instrumentationScope: SdkScope }>(
  groups: readonly SdkScope[],
  records: readonly T[],
): T[] {
  return groups.flatMap(scope => records.filter(record => record.instrumentationScope === scope))
}

const nanoseconds = ([seconds, rest]: HrTime): bigint =>
  BigInt(seconds) * 1_000_000_000n + BigInt(rest)

function plainAttributes(given: object): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(given).map(([key, item]) => [key.toWellFormed(), plainValue(item)]),
  )
}

function plainValue(given: unknown): AttributeValue {
  if (typeof given === 'string') return given.toWellFormed()
  if (typeof given === 'number' || typeof given === 'boolean') return given
  if (given === null || given === undefined) return null
  if (given instanceof Uint8Array) return Buffer.from(given).toString('base64')
  return Array.isArray(given) ? given.map(plainValue) : plainAttributes(given)
}
