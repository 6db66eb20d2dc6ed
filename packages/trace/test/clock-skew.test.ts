import type { Attributes, SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import { makeSpan } from './make-span.ts'

const machine = (name: string, more: Attributes = {}): SpanRecord['resource'] => ({
  attributes: { 'host.name': name, ...more },
})
const HERE = machine('here')
const THERE = machine('there')

const page = makeSpan({ name: 'page', kind: 'server', startMs: 0, durationMs: 100, resource: HERE })
const call = makeSpan({
  name: 'call',
  kind: 'client',
  startMs: 10,
  durationMs: 50,
  parentSpanId: page.spanId,
  resource: HERE,
})
/** What the other machine answers to that call, by its own clock. */
const answer = (given: Partial<SpanRecord>): SpanRecord =>
  makeSpan({
    name: 'answer',
    kind: 'server',
    service: 'api',
    durationMs: 20,
    parentSpanId: call.spanId,
    resource: THERE,
    ...given,
  })

/** Where a span is shown, and by how much it was moved. */
function shown(spans: readonly SpanRecord[], name: string): readonly (number | undefined)[] {
  const found = readTrace(spans, []).spans.find(({ span }) => span.name === name)
  return [found?.startMs, found?.skewMs].map(value => value && Math.round(value * 1000) / 1000)
}

const notes = (spans: readonly SpanRecord[]): readonly string[] =>
  readTrace(spans, []).gaps.flatMap(({ reason, sentence }) =>
    reason === 'clock-skew' ? [sentence] : [],
  )

test.for([
  ['fits', { startMs: 30 }, [30, 0], 0],
  ['begins too early: into the middle', { startMs: -4975 }, [25, 5000], 1],
  ['begins too late to be waited for: into the middle', { startMs: 7025 }, [25, -7000], 1],
  [
    'is longer than the call, and too early: to its start',
    { startMs: -5, durationMs: 90 },
    [10, 15],
    1,
  ],
  [
    'is longer than the call, which ended before: as it is',
    { startMs: 20, durationMs: 90 },
    [20, 0],
    0,
  ],
  [
    'begins too early by less than a millisecond: to its start, and nothing is said',
    { startMs: 9.5 },
    [10, 0.5],
    0,
  ],
  ['begins too early by a millisecond: into the middle', { startMs: 9 }, [25, 16], 1],
  ['ends ten milliseconds after the answer: as it is', { startMs: 50 }, [50, 0], 0],
  ['ends later than that: into the middle', { startMs: 51 }, [25, -26], 1],
] as const)('a span of another machine that %s', ([, given, expected, told]) => {
  const spans = [page, call, answer(given)]
  expect(shown(spans, 'answer')).toEqual(expected)
  expect(notes(spans)).toHaveLength(told)
})

test('the note names the service and the amount', () => {
  expect(notes([page, call, answer({ startMs: -4975 })])).toEqual([
    'The clock of api is about 5.00 s behind: its spans are shown 5.00 s later.',
  ])
  expect(notes([page, call, answer({ startMs: 7025 })])[0]).toContain('ahead')
})

test('what is below a span of the other machine moves with it, and so do its logs', () => {
  const early = answer({ startMs: -4975 })
  const query = makeSpan({
    name: 'query',
    startMs: -4970,
    parentSpanId: early.spanId,
    resource: THERE,
    service: 'api',
  })
  const reading = readTrace(
    [page, call, early, query],
    [
      {
        timeUnixNano: query.startUnixNano + 1_000_000n,
        observedTimeUnixNano: 0n,
        severityNumber: 9,
        severityText: 'info',
        body: 'in the query',
        attributes: {},
        eventName: '',
        traceId: query.traceId,
        spanId: query.spanId,
        resource: THERE,
        scope: { name: '', version: '' },
        service: 'api',
      },
    ],
  )
  expect(shown([page, call, early, query], 'query')).toEqual([30, 5000])
  expect(reading.logs).toMatchObject([{ span: 3, atMs: 31 }])
  expect(reading.durationMs).toBe(100)
})

test('a machine that is called twice keeps its own order', () => {
  const again = makeSpan({
    name: 'call again',
    kind: 'client',
    startMs: 70,
    durationMs: 20,
    parentSpanId: page.spanId,
    resource: HERE,
  })
  const second = answer({
    name: 'second',
    startMs: -4928,
    durationMs: 10,
    parentSpanId: again.spanId,
  })
  const spans = [page, call, again, answer({ startMs: -4975 }), second]
  expect(shown(spans, 'second')).toEqual([72, 5000])
  expect(notes(spans)).toHaveLength(1)
})

test.for<[string, Partial<SpanRecord>]>([
  ['by one machine', { startMs: -5, resource: machine('here', { 'service.instance.id': '2' }) }],
  ['of a message that is worked on', { startMs: -5, kind: 'consumer' }],
  ['of a browser', { startMs: -5, attributes: { 'throughline.next.kind': 'browser' } }],
  [
    'of one process, which names no machine',
    { startMs: -5, service: 'web', resource: { attributes: {} } },
  ],
])('a span %s is never moved', ([, given]) => {
  const bare = given.resource?.attributes['host.name'] === undefined && given.service === 'web'
  const around = [page, call].map(span => (bare ? { ...span, resource: { attributes: {} } } : span))
  const [, skew] = shown([...around, answer(given)], 'answer')
  expect(skew).toBe(0)
})

test('siblings stand by their corrected start', () => {
  const near = answer({ name: 'near', startMs: 12, durationMs: 5, resource: HERE })
  const { spans } = readTrace([page, call, answer({ startMs: -4975 }), near], [])
  expect(spans.map(({ span }) => span.name)).toEqual(['page', 'call', 'near', 'answer'])
})

test('processes that name no machine are told apart by their instance', () => {
  const instance = (id: string): SpanRecord['resource'] => ({
    attributes: { 'service.instance.id': id },
  })
  const around = [page, call].map(span => ({ ...span, resource: instance('1') }))
  const other = answer({ startMs: -5, service: 'web', resource: instance('2') })
  expect(shown([...around, other], 'answer')).toEqual([25, 30])
})

test('who gave up on a call did not wait for its end', () => {
  const given = { ...call, status: 'error' as const }
  expect(shown([page, given, answer({ startMs: 55 })], 'answer')).toEqual([55, 0])
})

test('the clock of the root is never moved, though a browser between disagrees', () => {
  const load = makeSpan({
    name: 'load',
    startMs: 4000,
    durationMs: 50,
    parentSpanId: page.spanId,
    resource: machine('of the visitor', { 'telemetry.sdk.language': 'webjs' }),
  })
  const handler = makeSpan({
    name: 'handler',
    kind: 'server',
    startMs: 20,
    durationMs: 5,
    parentSpanId: load.spanId,
    resource: HERE,
  })
  expect(shown([page, load, handler], 'handler')).toEqual([20, 0])
})

test('a span without a start is drawn at that of its parent', () => {
  const lost = { ...answer({}), startUnixNano: 0n, endUnixNano: 0n, durationMs: 0 }
  expect(shown([page, call, lost], 'answer')[0]).toBe(10)
  expect(readTrace([page, call, lost], []).durationMs).toBe(100)
})
