import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { readTrace } from '../../src/read-trace.ts'
import { makeSpan } from '../make-span.ts'

const told = (...spans: readonly SpanRecord[]): readonly string[] =>
  readTrace(spans, []).gaps.map(
    ({ reason, weight, sentence }) => `${reason} ${weight}: ${sentence}`,
  )

test('different spans of one id are all shown, and told once', () => {
  const span = makeSpan({ spanId: 'a', name: 'one' })
  const spans = [span, { ...span, name: 'two' }, { ...span, name: 'three' }, span]
  expect(told(...spans)).toEqual([
    'malformed gap: 3 different spans have the id a: what is below one of them may belong to another.',
  ])
  expect(readTrace(spans, []).spans).toHaveLength(3)
})

test('parents in a circle', () => {
  const one = makeSpan({ spanId: '1', parentSpanId: '2' })
  const two = makeSpan({ spanId: '2', parentSpanId: '1' })
  expect(told(one, two)).toEqual([
    'malformed gap: Span 1 is below its own child 2, so where they belong is not known.',
  ])
  expect(told(makeSpan({ spanId: '1', parentSpanId: '1' }))).toEqual([
    'malformed gap: Span 1 names itself as its parent, so where it belongs is not known.',
  ])
})

test('times that cannot be are told once a service', () => {
  const span = makeSpan({})
  const back = { ...span, endUnixNano: span.startUnixNano - 1n, durationMs: 0 }
  expect(told(back, { ...back, spanId: 'b' })).toEqual([
    'malformed note: A span of web ends before it starts, and is drawn without length.',
  ])
  expect(told({ ...span, startUnixNano: 0n })).toEqual([
    'malformed note: A span of web has no start, and is drawn at that of its parent.',
  ])
})

const client = makeSpan({ spanId: 'a', parentSpanId: '9', kind: 'client', service: 'web' })
const server = { ...client, kind: 'server', service: 'api' } as const

test('a call and its answer may have one id between them', () => {
  const root = makeSpan({ spanId: '9' })
  const reading = readTrace([server, client, root], [])
  expect(reading.gaps).toEqual([])
  expect(reading.spans.map(({ depth, span }) => `${depth} ${span.kind} ${span.service}`)).toEqual([
    '0 internal web',
    '1 client web',
    '2 server api',
  ])
})

test.for([
  ['is of the same service', { service: 'web' }],
  ['has another parent', { parentSpanId: '8' }],
  ['has no parent', { parentSpanId: undefined }],
  ['is no answer', { kind: 'internal' }],
  ['is a job', { kind: 'consumer' }],
] as const)('a span of the same id that %s is not the answer to a call', ([, given]) => {
  expect(
    told(makeSpan({ spanId: '9' }), makeSpan({ spanId: '8' }), client, { ...server, ...given }),
  ).toEqual([expect.stringContaining('2 different spans have the id a')])
})

test('of two answers none is taken for that of the call', () => {
  const other = { ...server, service: 'other' }
  expect(told(makeSpan({ spanId: '9' }), client, server, other)).toEqual([
    expect.stringContaining('3 different spans have the id a'),
  ])
})
