import {
  at,
  inJson,
  inProtobuf,
  integer,
  logsOf,
  newSpanId,
  newTraceId,
  served,
  span,
  text,
  tracesOf,
} from '../otlp-requests.ts'
import { answers, judge, type HostileCase } from './verdict.ts'

const TRACES = '/v1/traces'

/** A span whose ids are no ids: it is left out, and said so. */
const badIds = (name: string, ids: object, message: RegExp): readonly HostileCase[] => [
  answers(`${name}, in JSON`, inJson(TRACES, tracesOf('ids', [span(ids)])), 200, {
    rejected: 1,
    message,
  }),
  answers(`${name}, in protobuf`, inProtobuf(TRACES, tracesOf('ids', [span(ids)])), 200, {
    rejected: 1,
    message,
  }),
]

/** A span that is accepted, and what the trace and the span are then. */
const accepted = (name: string, fields: object, gives: object): HostileCase => ({
  name,
  async attack(viewer) {
    const sent = span(fields)
    const verdict = judge(await viewer.exchange(inJson(TRACES, tracesOf('values', [sent]))))
    const trace = await viewer.readTrace(sent.traceId)
    const detail = await viewer.readSpan(sent.traceId, sent.spanId)
    const listed = await viewer.listTraces(sent.traceId)
    return { verdict, spans: trace.spans.length, detail, listed: listed.traces.length }
  },
  gives: { verdict: { status: 200, rejected: 0 }, spans: 1, detail: gives, listed: 1 },
})

const valued = (value: object): object => ({ attributes: [{ key: 'value', value }] })

const MARKUP = '<img src=x onerror=alert(1)></script><script>alert(1)</script>'
const SQL = `Robert'); DROP TABLE spans;-- "%_\\*`

export const IDS_AND_VALUES: readonly HostileCase[] = [
  ...badIds('a trace id of zeros', { traceId: '0'.repeat(32) }, /all zeros/),
  ...badIds('a span id of zeros', { spanId: '0'.repeat(16) }, /all zeros/),
  ...badIds('a trace id of 8 bytes', { traceId: 'ab'.repeat(8) }, /16 bytes/),
  ...badIds('a span id of 16 bytes', { spanId: 'ab'.repeat(16) }, /8 bytes/),
  ...badIds('a parent id of 3 bytes', { parentSpanId: 'abcdef' }, /parent/),
  ...badIds('no ids', { traceId: '', spanId: '' }, /16 bytes/),
  ...badIds('a trace id of 100,000 bytes', { traceId: 'ab'.repeat(100_000) }, /16 bytes/),
  answers(
    'ids that are not hexadecimal',
    inJson(TRACES, tracesOf('ids', [span({ traceId: 'g'.repeat(32) })])),
    200,
    { rejected: 1, message: /16 bytes/ },
  ),
  answers(
    'ids in base64, as other mappings of protobuf have them',
    inJson(TRACES, tracesOf('ids', [span({ traceId: 'S/kvNXezTaajzpKdDg5HNg==' })])),
    200,
    { rejected: 1, message: /16 bytes/ },
  ),
  {
    name: 'sound spans among others are kept',
    async attack(viewer) {
      const traceId = newTraceId()
      const sound = ['a', 'b', 'c'].map(name => span({ traceId, name }))
      const broken = [span({ traceId, spanId: '' }), span({ traceId: 'x' })]
      const spans = [sound[0], broken[0], sound[1], broken[1], sound[2]]
      const verdict = judge(await viewer.exchange(inJson(TRACES, tracesOf('ids', spans))))
      return { verdict, kept: (await viewer.readTrace(traceId)).spans.map(({ title }) => title) }
    },
    gives: { verdict: { status: 200, rejected: 2 }, kept: ['a', 'b', 'c'] },
  },
  accepted(
    'links to ids that are no ids',
    { links: [{ traceId: 'x', spanId: '' }, {}, { traceId: newTraceId(), spanId: newSpanId() }] },
    {},
  ),
  accepted('a time of 1970', { startTimeUnixNano: '0', endTimeUnixNano: '1' }, { startUnixMs: 0 }),
  accepted(
    'a time of the year 2200',
    { startTimeUnixNano: '7258118400000000000', endTimeUnixNano: '7258118401000000000' },
    { startUnixMs: 7_258_118_400_000, durationMs: 1000 },
  ),
  accepted(
    'the last time that there is, in 2554',
    { startTimeUnixNano: '18446744073709551615', endTimeUnixNano: '18446744073709551615' },
    { durationMs: 0 },
  ),
  accepted(
    'a span that takes 584 years',
    { startTimeUnixNano: '0', endTimeUnixNano: '18446744073709551615' },
    { startUnixMs: 0 },
  ),
  accepted(
    'a span that ends before it starts',
    { startTimeUnixNano: at(500), endTimeUnixNano: at(100) },
    { durationMs: 0 },
  ),
  accepted('a span without times', { startTimeUnixNano: null, endTimeUnixNano: null }, {}),
  accepted(
    'an event an hour before its span',
    { events: [{ name: 'early', timeUnixNano: at(-3_600_000) }] },
    { events: [{ name: 'early', atMs: -3_600_000 }] },
  ),
  accepted('the largest whole number of 64 bits', valued({ intValue: '9223372036854775807' }), {
    attributes: { value: 2 ** 63 },
  }),
  accepted('a number beyond 64 bits', valued({ intValue: '99999999999999999999999' }), {}),
  accepted('not a number', valued({ doubleValue: 'NaN' }), {}),
  accepted('infinity', valued({ doubleValue: '-Infinity' }), {}),
  accepted('a value of no type', valued({}), { attributes: { value: null } }),
  accepted(
    'names that objects have of themselves',
    {
      attributes: ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''].map(key =>
        text(key, 'mine'),
      ),
    },
    { attributes: { constructor: 'mine', toString: 'mine', hasOwnProperty: 'mine', '': 'mine' } },
  ),
  accepted(
    'an attribute that is given twice',
    { attributes: [integer('twice', 1), integer('twice', 2)] },
    { attributes: { twice: 2 } },
  ),
  accepted(
    'NUL and other control characters',
    { name: 'a\0b\u001b[31m\u2028', attributes: [text('nul\0key', '\0\u0007')] },
    { name: 'a\0b\u001b[31m\u2028', attributes: { 'nul\0key': '\0\u0007' } },
  ),
  accepted(
    'half of a surrogate pair',
    { name: 'half \ud83d', attributes: [text('\udc00', '\ud83d')] },
    { name: 'half \ufffd', attributes: { '\ufffd': '\ufffd' } },
  ),
  accepted(
    'text that runs from right to left, and emoji in four parts',
    { name: '\u202egnp.exe \u{1f469}\u{1f3fd}\u200d\u{1f680}' },
    { name: '\u202egnp.exe \u{1f469}\u{1f3fd}\u200d\u{1f680}' },
  ),
  accepted(
    'markup in a name and in a value',
    { name: MARKUP, attributes: [text(MARKUP, MARKUP)] },
    { name: MARKUP, attributes: { [MARKUP]: MARKUP } },
  ),
  accepted(
    'SQL in a name and in a value',
    { name: SQL, attributes: [text(SQL, SQL)] },
    { name: SQL, attributes: { [SQL]: SQL } },
  ),
  accepted(
    'attributes of the conventions that are of another type',
    {
      kind: 2,
      attributes: [
        { key: 'http.request.method', value: { intValue: 7 } },
        { key: 'http.route', value: { arrayValue: { values: [{ boolValue: true }] } } },
        { key: 'http.response.status_code', value: { stringValue: 'two hundred' } },
        { key: 'url.full', value: { kvlistValue: { values: [] } } },
        { key: 'server.address', value: { doubleValue: 1.5 } },
        { key: 'db.system.name', value: {} },
        { key: 'team', value: { intValue: 3 } },
      ],
      events: [
        {
          name: 'exception',
          attributes: [{ key: 'exception.message', value: { intValue: 7 } }],
        },
      ],
      status: { code: 2 },
    },
    { kind: 'server' },
  ),
  {
    name: 'a service whose name is a number, empty or missing',
    async attack(viewer) {
      const traceId = newTraceId()
      const resources = [{ intValue: 7 }, { stringValue: '' }, undefined].map(value => ({
        resource: { attributes: value === undefined ? [] : [{ key: 'service.name', value }] },
        scopeSpans: [{ spans: [span({ traceId })] }],
      }))
      const sent = { resourceSpans: resources }
      const { status } = judge(await viewer.exchange(inJson(TRACES, sent)))
      return { status, services: (await viewer.readTrace(traceId)).services }
    },
    gives: { status: 200, services: ['unknown_service'] },
  },
  {
    name: 'a log whose body is a map, a list, bytes, markup',
    async attack(viewer) {
      const root = served('/logs')
      const { traceId, spanId } = root
      const bodies = [
        { kvlistValue: { values: [text('a', 'b')] } },
        { arrayValue: { values: [{ intValue: 1 }] } },
        { bytesValue: 'AAE=' },
        { stringValue: MARKUP },
        null,
      ]
      const logs = bodies.map((body, index) => ({ traceId, spanId, body, timeUnixNano: at(index) }))
      await viewer.exchange(inJson(TRACES, tracesOf('logs', [root])))
      const { status } = judge(await viewer.exchange(inJson('/v1/logs', logsOf('logs', logs))))
      const read = (await viewer.readTrace(traceId)).logs
      return { status, spans: read.map(log => log.span), last: read[3]?.body }
    },
    gives: { status: 200, spans: [0, 0, 0, 0, 0], last: MARKUP },
  },
]
