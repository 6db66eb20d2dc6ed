import type { Sent } from '../exchange.ts'
import { at, inJson, JSON_TYPE, logsOf, metricsOf, span, tracesOf } from '../otlp-requests.ts'
import { answers, type HostileCase } from './verdict.ts'

const TRACES = '/v1/traces'

const bad = (name: string, body: unknown, message = /\w/): HostileCase =>
  answers(name, inJson(TRACES, body), 400, { message })

const fine = (name: string, sent: Sent): HostileCase => answers(name, sent, 200)

/** A span of which one field is not what it should be. */
const badSpan = (fields: object, message: RegExp): HostileCase =>
  bad(
    `a span with ${JSON.stringify(fields).slice(0, 70)}`,
    tracesOf('bad', [span(fields)]),
    message,
  )

const badValue = (value: object, message: RegExp): HostileCase =>
  badSpan({ attributes: [{ key: 'a', value }] }, message)

const nest = (depth: number): object =>
  depth === 0 ? { stringValue: 'deep' } : { arrayValue: { values: [nest(depth - 1)] } }

export const JSON_BODIES: readonly HostileCase[] = [
  bad('an empty body', '', /not JSON/),
  bad('white space', ' \n\t', /not JSON/),
  bad('half of a message', '{"resourceSpans":[{"scopeSp', /not JSON/),
  bad('a message and more', '{} {}', /not JSON/),
  bad('a byte order mark', '\ufeff{}', /not JSON/),
  bad('XML', '<resourceSpans/>', /not JSON/),
  bad('NaN as JSON does not have it', '{"resourceSpans":NaN}', /not JSON/),
  bad('null', 'null', /not an object/),
  bad('a list', '[]', /not an object/),
  bad('a number', '7', /not an object/),
  bad('text', '"spans"', /not an object/),
  fine('an empty message', inJson(TRACES, '{}')),
  fine('a message of something else', inJson(TRACES, { hello: ['world'], resourcespans: 7 })),
  fine('100,000 lists in one another, in a field that is not known', {
    path: TRACES,
    headers: JSON_TYPE,
    body: `{"other":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  }),
  fine('null in place of everything', {
    ...inJson(TRACES, {
      resourceSpans: [
        { resource: null, scopeSpans: null },
        {
          resource: { attributes: null },
          scopeSpans: [
            { scope: null, spans: null },
            { scope: { name: null }, spans: [span({ name: null, kind: null, status: null })] },
          ],
        },
      ],
    }),
  }),
  bad('spans in place of resources', { resourceSpans: {} }, /not a list/),
  bad('a number among resources', { resourceSpans: [7] }, /not an object/),
  bad('text in place of spans', tracesOf('bad', 'spans' as never), /not a list/),
  bad('null among spans, and then text', tracesOf('bad', [null, 'x']), /not an object/),
  badSpan({ name: 7 }, /name is not a string/),
  badSpan({ name: ['a'] }, /name is not a string/),
  badSpan({ traceId: 12 }, /traceId is not a string/),
  badSpan({ kind: 'WAITER' }, /kind is not a number/),
  badSpan({ kind: 1.5 }, /kind is not/),
  badSpan({ kind: true }, /kind is not/),
  badSpan({ startTimeUnixNano: 'yesterday' }, /startTimeUnixNano is not a time/),
  badSpan({ startTimeUnixNano: '2026-11-29T10:00:00Z' }, /startTimeUnixNano is not a time/),
  badSpan({ startTimeUnixNano: '-1' }, /startTimeUnixNano is not a time/),
  badSpan({ endTimeUnixNano: -5 }, /endTimeUnixNano is not a time/),
  badSpan({ endTimeUnixNano: '18446744073709551616' }, /endTimeUnixNano is not a time/),
  badSpan({ endTimeUnixNano: [] }, /endTimeUnixNano is not a time/),
  badSpan({ status: 'ERROR' }, /status is not an object/),
  badSpan({ status: { code: {} } }, /code is not a number/),
  badSpan({ attributes: { a: 1 } }, /attributes is not a list/),
  badSpan({ events: [{ name: 7 }] }, /event.name is not a string/),
  badSpan({ links: 'none' }, /links is not a list/),
  badValue({ boolValue: 'yes' }, /boolValue is not true or false/),
  badValue({ intValue: 'seven' }, /intValue is not a number/),
  badValue({ doubleValue: {} }, /doubleValue is not a number/),
  badValue({ bytesValue: '!!' }, /bytesValue is not base64/),
  badValue({ arrayValue: [1] }, /arrayValue is not an object/),
  badValue({ kvlistValue: { values: [['a', 1]] } }, /not an object/),
  badValue(nest(40), /deeper/),
  answers(
    'a log whose severity is a word',
    inJson('/v1/logs', logsOf('bad', [{ severityNumber: 'LOUD' }])),
    400,
    { message: /severityNumber/ },
  ),
  answers('logs that are text', inJson('/v1/logs', logsOf('bad', 'x' as never)), 400),
  fine('traces that are sent as logs', inJson('/v1/logs', tracesOf('lost', [span()]))),
  fine(
    'a log without a trace, a time and a body',
    inJson('/v1/logs', logsOf('bad', [{}, { body: null }])),
  ),
  fine(
    'a log of a trace whose id is no id',
    inJson('/v1/logs', logsOf('bad', [{ traceId: 'zz', spanId: '0', body: { intValue: '7' } }])),
  ),
  fine(
    'a metric of a type that there is not yet',
    inJson('/v1/metrics', metricsOf('bad', [{ name: 'm', somethingNew: { dataPoints: [7] } }])),
  ),
  fine(
    'a metric whose points say nothing, NaN and infinity',
    inJson(
      '/v1/metrics',
      metricsOf('bad', [
        {
          name: 'throughline.spans.dropped',
          gauge: {
            dataPoints: [
              {},
              { asDouble: 'NaN' },
              { asDouble: '-Infinity', timeUnixNano: at(0) },
              { asInt: '9223372036854775807' },
            ],
          },
        },
      ]),
    ),
  ),
  answers(
    'a metric whose points are an object',
    inJson('/v1/metrics', metricsOf('bad', [{ name: 'm', sum: { dataPoints: {} } }])),
    400,
    { message: /dataPoints is not a list/ },
  ),
]
