import { describe, expect, test } from 'vitest'
import {
  decodeLogs,
  decodeMetrics,
  decodeTraces,
  MalformedBody,
  OversizedBody,
  type MetricPoint,
} from '../src/index.ts'
import { MAX_DEPTH, MAX_PARTS } from '../src/limits.ts'
import { double, fixed64, holder, number, requestWith } from './protobuf-writer.ts'

const TRACE_ID = '5b8efff798038103d269b633813fc60c'
const SPAN_ID = 'eee19b7ec3c1b174'

const tracesJson = (span: unknown): Buffer =>
  Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
const spanJson = (fields: object): Buffer =>
  tracesJson({ traceId: TRACE_ID, spanId: SPAN_ID, ...fields })
const spanProtobuf = (...fields: readonly Uint8Array[]): Buffer =>
  requestWith(
    Buffer.concat([
      holder(1, Buffer.from(TRACE_ID, 'hex')),
      holder(2, Buffer.from(SPAN_ID, 'hex')),
      ...fields,
    ]),
  )
const valueOf = (value: unknown): unknown =>
  decodeTraces(spanJson({ attributes: [{ key: 'a', value }] }), 'json').records[0]?.attributes['a']

describe('ids', () => {
  const cases = [
    [{ traceId: 'abc' }, 'trace id "abc" is not 16 bytes, or all zeros'],
    [{ traceId: '0'.repeat(32) }, `trace id "${'0'.repeat(32)}" is not 16 bytes, or all zeros`],
    [{ traceId: 'g'.repeat(32) }, `trace id "${'g'.repeat(32)}" is not 16 bytes, or all zeros`],
    [{ spanId: '' }, 'span id "" is not 8 bytes, or all zeros'],
    [{ parentSpanId: 'ab' }, 'parent span id "ab" is not 8 bytes'],
    [{ spanId: 'a'.repeat(9000) }, `span id "${'a'.repeat(40)}…" is not 8 bytes, or all zeros`],
  ] as const
  test.for(cases)('%o is rejected, and said why', ([ids, reason]) => {
    const decoded = decodeTraces(spanJson(ids), 'json')
    expect(decoded).toEqual({ records: [], rejected: 1, reason })
  })

  test('protobuf rejects the same', () => {
    const decoded = decodeTraces(spanProtobuf(holder(4, 'ab')), 'protobuf')
    expect(decoded).toEqual({
      records: [],
      rejected: 1,
      reason: 'parent span id "6162" is not 8 bytes',
    })
  })

  test('a parent of zeros is no parent', () => {
    const zeros = holder(4, Buffer.alloc(8))
    for (const { records } of [
      decodeTraces(spanJson({ parentSpanId: '0'.repeat(16) }), 'json'),
      decodeTraces(spanProtobuf(zeros), 'protobuf'),
    ]) {
      expect(records).toMatchObject([{ spanId: SPAN_ID, parentSpanId: undefined }])
    }
  })
})

test('a span that ends before it starts, as after a clock was set back, took no time', () => {
  const backwards = Buffer.concat([fixed64(7, 2_000_000n), fixed64(8, 1_000_000n)])
  for (const { records } of [
    decodeTraces(spanJson({ startTimeUnixNano: '2000000', endTimeUnixNano: '1000000' }), 'json'),
    decodeTraces(spanProtobuf(backwards), 'protobuf'),
  ]) {
    expect(records).toMatchObject([{ startMs: 2, endUnixNano: 1_000_000n, durationMs: 0 }])
  }
})

test('kinds and statuses that are not known yet are the default ones', () => {
  const newer = Buffer.concat([number(6, 77), holder(15, number(3, 9))])
  for (const { records } of [
    decodeTraces(spanJson({ kind: 77, status: { code: 9 } }), 'json'),
    decodeTraces(spanProtobuf(newer), 'protobuf'),
  ]) {
    expect(records).toMatchObject([{ kind: 'internal', status: 'unset' }])
  }
})

test('a resource that comes after its spans in the bytes is theirs', () => {
  const { records } = decodeTraces(
    holder(
      1,
      spanProtobuf().subarray(2),
      holder(1, holder(1, holder(1, 'service.name'), holder(2, holder(1, 'late')))),
    ),
    'protobuf',
  )
  expect(records).toMatchObject([{ service: 'late' }])
})

describe('JSON', () => {
  test.for([
    [{ intValue: '-9223372036854775808' }, -(2 ** 63)],
    [{ intValue: 1e21 }, 1e21],
    [{ doubleValue: 'NaN' }, Number.NaN],
    [{ doubleValue: '-Infinity' }, Number.NEGATIVE_INFINITY],
    [{ doubleValue: null }, null],
    [{ boolValue: false }, false],
    [{ bytesValue: '-_8' }, '+/8='],
    [{ arrayValue: {} }, []],
    [{ kvlistValue: {} }, {}],
    [{ stringValue: '\ud83d' }, '\ufffd'],
    [{}, null],
    [null, null],
  ] as const)('the value %o is read as %o', ([value, read]) => {
    expect(valueOf(value)).toEqual(read)
  })

  test('a time may be a number, and goes up to 64 bits', () => {
    const [span] = decodeTraces(
      spanJson({ startTimeUnixNano: 1500.7, endTimeUnixNano: String(2n ** 64n - 1n) }),
      'json',
    ).records
    expect(span).toMatchObject({ startUnixNano: 1500n, endUnixNano: 2n ** 64n - 1n })
  })

  test.for([
    ['SPAN_KIND_UNSPECIFIED', 'internal', 'STATUS_CODE_UNSET', 'unset'],
    ['SPAN_KIND_INTERNAL', 'internal', 'STATUS_CODE_OK', 'ok'],
    ['SPAN_KIND_SERVER', 'server', 'STATUS_CODE_ERROR', 'error'],
    ['SPAN_KIND_CONSUMER', 'consumer', null, 'unset'],
    ['5', 'consumer', '2', 'error'],
  ] as const)('the kind %s is read as %s, the status %s as %s', ([kind, read, code, status]) => {
    const { records } = decodeTraces(spanJson({ kind, status: { code } }), 'json')
    expect(records).toMatchObject([{ kind: read, status }])
  })

  test.for([
    ['SEVERITY_NUMBER_UNSPECIFIED', 0],
    ['SEVERITY_NUMBER_TRACE', 1],
    ['SEVERITY_NUMBER_INFO', 9],
    ['SEVERITY_NUMBER_ERROR3', 19],
    ['SEVERITY_NUMBER_FATAL4', 24],
    ['17', 17],
  ] as const)('the severity %s is read as %s', ([severityNumber, read]) => {
    const body = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityNumber }] }] }] }
    const { records } = decodeLogs(Buffer.from(JSON.stringify(body)), 'json')
    expect(records).toMatchObject([{ severityNumber: read }])
  })

  test.for(['SEVERITY_NUMBER_LOUD', 'SEVERITY_NUMBER_INFO5', 'INFO'])(
    'the severity %s is malformed',
    severityNumber => {
      const body = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityNumber }] }] }] }
      expect(() => decodeLogs(Buffer.from(JSON.stringify(body)), 'json')).toThrow(MalformedBody)
    },
  )

  test('a temporality may be a name', () => {
    const sum = { aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA', dataPoints: [{}] }
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', sum }] }] }] }
    const { records } = decodeMetrics(Buffer.from(JSON.stringify(body)), 'json')
    expect(records).toMatchObject([{ temporality: 'delta' }])
  })

  test.for([
    [{ name: 7 }, 'name is not a string'],
    [{ flags: -1 }, 'flags is not a whole number of 32 bits'],
    [{ flags: 1.5 }, 'flags is not a whole number of 32 bits'],
    [{ kind: 'SPAN_KIND_WAITER' }, 'kind "SPAN_KIND_WAITER" is not known'],
    [{ kind: 'server' }, 'kind is not a number'],
    [{ status: { code: 'STATUS_CODE_' } }, 'status.code "STATUS_CODE_" is not known'],
    [{ droppedLinksCount: ' ' }, 'droppedLinksCount is not a number'],
    [{ droppedLinksCount: '0x10' }, 'droppedLinksCount is not a number'],
    [{ startTimeUnixNano: '-5' }, 'startTimeUnixNano is not a time in nanoseconds'],
    [{ startTimeUnixNano: -5 }, 'startTimeUnixNano is not a time in nanoseconds'],
    [{ endTimeUnixNano: '18446744073709551616' }, 'endTimeUnixNano is not a time in nanoseconds'],
    [{ endTimeUnixNano: {} }, 'endTimeUnixNano is not a time in nanoseconds'],
    [{ status: [] }, 'status is not an object'],
    [{ events: {} }, 'events is not a list'],
    [{ attributes: [7] }, 'attributes is not an object'],
    [{ attributes: [{ key: 'a', value: { boolValue: 'yes' } }] }, 'boolValue is not true or false'],
    [{ attributes: [{ key: 'a', value: { bytesValue: '!' } }] }, 'bytesValue is not base64'],
    [{ attributes: [{ key: 'a', value: { intValue: '' } }] }, 'intValue is not a number'],
  ] as const)('%o is malformed, and said why', ([fields, reason]) => {
    expect(() => decodeTraces(spanJson(fields), 'json')).toThrow(new MalformedBody(reason))
  })

  test('a time that no number can be is malformed', () => {
    const body = spanJson({ startTimeUnixNano: 0 }).toString().replace(':0', ':1e999')
    expect(() => decodeTraces(Buffer.from(body), 'json')).toThrow(MalformedBody)
  })

  test.for(['', 'null', '[]', '7', '{', '\ufeff{}'])('the body %o is malformed', body => {
    expect(() => decodeTraces(Buffer.from(body), 'json')).toThrow(MalformedBody)
  })

  test('so many objects and lists may be in a body and not one more; what is in text does not count', () => {
    const withParts = (parts: number): Buffer =>
      Buffer.from(`{"a":"${String.raw`[{\"`.repeat(9)}","b":[${'[],'.repeat(parts - 3)}[]]}`)
    expect(decodeTraces(withParts(MAX_PARTS), 'json').records).toEqual([])
    expect(() => decodeTraces(withParts(MAX_PARTS + 1), 'json')).toThrow(OversizedBody)
  })
})

describe('attributes', () => {
  /** A list in a list …, `depth` lists deep. */
  const nestJson = (depth: number): unknown =>
    depth === 0 ? {} : { arrayValue: { values: [nestJson(depth - 1)] } }
  const nestProtobuf = (depth: number): Buffer =>
    depth === 0 ? Buffer.alloc(0) : holder(5, holder(1, nestProtobuf(depth - 1)))

  test('may nest so deep and not one level deeper', () => {
    const decodings = [
      (depth: number) =>
        decodeTraces(spanJson({ attributes: [{ key: 'a', value: nestJson(depth) }] }), 'json'),
      (depth: number) =>
        decodeTraces(spanProtobuf(holder(9, holder(2, nestProtobuf(depth)))), 'protobuf'),
    ]
    for (const decode of decodings) {
      expect(decode(MAX_DEPTH).records).toHaveLength(1)
      expect(() => decode(MAX_DEPTH + 1)).toThrow(MalformedBody)
    }
  })

  test('no name is special', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '']
    const json = decodeTraces(
      spanJson({ attributes: names.map(key => ({ key, value: { boolValue: true } })) }),
      'json',
    )
    const protobuf = decodeTraces(
      spanProtobuf(...names.map(name => holder(9, holder(1, name), holder(2, number(2, 1))))),
      'protobuf',
    )
    for (const { records } of [json, protobuf]) {
      const attributes = records[0]?.attributes ?? {}
      expect(Object.entries(attributes)).toEqual(names.map(name => [name, true]))
      expect('valueOf' in attributes).toBe(false)
    }
  })
})

test('a log that names no sound span is kept without', () => {
  const protobuf = decodeLogs(requestWith(holder(9, 'short')), 'protobuf')
  const json = decodeLogs(
    Buffer.from('{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"ab"}]}]}]}'),
    'json',
  )
  for (const { records, rejected } of [protobuf, json]) {
    expect(rejected).toBe(0)
    expect(records).toMatchObject([{ traceId: undefined, spanId: undefined, body: null }])
  }
})

// The SDK sends neither summaries, nor exemplars, nor points without a value; collectors and other languages do.
describe('metrics that the SDK does not send', () => {
  const time = fixed64(3, 5n)
  const exemplar = Buffer.concat([
    holder(4, Buffer.from(SPAN_ID, 'hex')),
    holder(5, Buffer.from(TRACE_ID, 'hex')),
    fixed64(2, 4n),
    double(3, 1.5),
    holder(7, holder(1, 'a'), holder(2, holder(1, 'b'))),
  ])
  const exemplarJson = {
    spanId: SPAN_ID,
    traceId: TRACE_ID.toUpperCase(),
    timeUnixNano: '4',
    asDouble: 1.5,
    filteredAttributes: [{ key: 'a', value: { stringValue: 'b' } }],
  }
  const exemplarRecord = {
    spanId: SPAN_ID,
    traceId: TRACE_ID,
    timeUnixNano: 4n,
    value: 1.5,
    attributes: { a: 'b' },
  }

  test.for([
    [
      'a summary',
      holder(
        11,
        holder(
          1,
          time,
          fixed64(4, 9n),
          double(5, 2.5),
          holder(6, double(1, 0.5), double(2, 7)),
          holder(6),
        ),
      ),
      {
        summary: {
          dataPoints: [
            {
              timeUnixNano: '5',
              count: '9',
              sum: 2.5,
              quantileValues: [{ quantile: 0.5, value: 7 }, {}],
            },
          ],
        },
      },
      {
        type: 'summary',
        count: 9,
        sum: 2.5,
        quantiles: [
          { quantile: 0.5, value: 7 },
          { quantile: 0, value: 0 },
        ],
      },
    ],
    [
      'a gauge with an exemplar',
      holder(5, holder(1, time, fixed64(6, -3n), holder(5, exemplar))),
      { gauge: { dataPoints: [{ timeUnixNano: '5', asInt: '-3', exemplars: [exemplarJson] }] } },
      { type: 'gauge', value: -3, exemplars: [exemplarRecord] },
    ],
    [
      'a histogram with an exemplar and no buckets',
      holder(9, holder(1, time, fixed64(4, 2n), double(5, 3), holder(8, exemplar)), number(2, 1)),
      {
        histogram: {
          aggregationTemporality: 1,
          dataPoints: [{ timeUnixNano: '5', count: '2', sum: 3, exemplars: [exemplarJson] }],
        },
      },
      {
        type: 'histogram',
        temporality: 'delta',
        count: 2,
        sum: 3,
        bucketCounts: [],
        bounds: [],
        exemplars: [exemplarRecord],
      },
    ],
    [
      'an exponential histogram with an exemplar and half of its buckets',
      holder(
        10,
        holder(
          1,
          time,
          fixed64(4, 2n),
          number(6, 3),
          holder(8, number(1, 1), number(2, 4), number(2, 5)),
          holder(11, exemplar),
        ),
        number(2, 9),
      ),
      {
        exponentialHistogram: {
          aggregationTemporality: 9,
          dataPoints: [
            {
              timeUnixNano: '5',
              count: 2,
              scale: -2,
              positive: { offset: -1, bucketCounts: ['4', 5] },
              exemplars: [exemplarJson],
            },
          ],
        },
      },
      {
        type: 'exponential_histogram',
        count: 2,
        scale: -2,
        zeroCount: 0,
        positive: { offset: -1, counts: [4, 5] },
        exemplars: [exemplarRecord],
      },
    ],
    [
      'a sum that was not measured',
      holder(7, holder(1, time, number(8, 1)), number(3, 1), number(2, 2)),
      {
        sum: {
          aggregationTemporality: 2,
          isMonotonic: true,
          dataPoints: [{ timeUnixNano: '5', flags: 1, asDouble: null }],
        },
      },
      { type: 'sum', temporality: 'cumulative', isMonotonic: true },
    ],
    [
      'a histogram of which nothing is said',
      holder(9, holder(1, time)),
      { histogram: { dataPoints: [{ timeUnixNano: '5' }] } },
      { type: 'histogram', count: 0, bucketCounts: [], bounds: [] },
    ],
  ] as const)('%s is read alike from both encodings', ([, protobuf, json, fields]) => {
    const expected: MetricPoint = {
      metric: 'm',
      description: '',
      unit: '',
      temporality: 'unspecified',
      isMonotonic: false,
      startUnixNano: 0n,
      timeUnixNano: 5n,
      attributes: {},
      exemplars: [],
      resource: { attributes: {} },
      scope: { name: '', version: '' },
      service: 'unknown_service',
      ...fields,
    }
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', ...json }] }] }] }
    const fromProtobuf = decodeMetrics(
      requestWith(Buffer.concat([holder(1, 'm'), protobuf])),
      'protobuf',
    )
    const fromJson = decodeMetrics(Buffer.from(JSON.stringify(body)), 'json')
    expect(fromProtobuf.records).toEqual([expected])
    expect(fromJson.records).toEqual([expected])
    expect(Object.keys(fromJson.records[0] ?? {}).toSorted()).toEqual(
      Object.keys(fromProtobuf.records[0] ?? {}).toSorted(),
    )
  })

  test('a metric without data gives no points', () => {
    expect(decodeMetrics(requestWith(holder(1, 'm')), 'protobuf').records).toEqual([])
    expect(
      decodeMetrics(
        Buffer.from('{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m"}]}]}]}'),
        'json',
      ).records,
    ).toEqual([])
  })
})
