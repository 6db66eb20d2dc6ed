import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { readTrace } from '../src/read-trace.ts'
import type { ReadSpan, TraceReading } from '../src/reading.ts'
import { renderReading } from '../src/render-reading.ts'
import { ownership } from './known-system.ts'
import { makeLog } from './make-log.ts'
import { makeSpan } from './make-span.ts'

const MANY = 10_000
const idOf = (at: number): string => (at + 1).toString(16).padStart(16, '0')
const many = (
  parentOf: (at: number) => number | undefined,
  given: Partial<SpanRecord> = {},
): SpanRecord[] =>
  Array.from({ length: MANY }, (_, at) => {
    const parent = parentOf(at)
    return makeSpan({
      spanId: idOf(at),
      parentSpanId: parent === undefined ? undefined : idOf(parent),
      startMs: at / 100,
      durationMs: MANY / 100 - at / 100,
      kind: at % 3 === 0 ? 'server' : 'client',
      service: `service-${at % 5}`,
      attributes: { 'server.address': `host-${at % 7}`, 'http.response.status_code': 200 },
      ...given,
    })
  })

/** What must hold of any reading. */
function check({ spans, gaps, durationMs, startUnixMs }: TraceReading): void {
  const numbers = spans.flatMap(span => [
    span.startMs,
    span.durationMs,
    span.selfMs,
    span.skewMs,
    span.depth,
    ...span.critical.flat(),
  ])
  expect([...numbers, durationMs, startUnixMs].every(Number.isFinite)).toBe(true)
  expect(
    spans.every(
      ({ startMs, selfMs, durationMs: length }) => startMs >= 0 && selfMs >= 0 && selfMs <= length,
    ),
  ).toBe(true)
  expect(spans.every(({ parent }, place) => parent === undefined || parent < place)).toBe(true)
  const isBelow = ({ parent, depth }: ReadSpan): boolean =>
    depth === (parent === undefined ? 0 : (spans[parent]?.depth ?? 0) + 1)
  expect(spans.every(isBelow)).toBe(true)
  const places = gaps.map(({ span }) => span ?? Infinity)
  expect(places.every((place, at) => at === 0 || place >= (places[at - 1] ?? 0))).toBe(true)
  expect(gaps.every(({ span }) => span === undefined || spans[span] !== undefined)).toBe(true)
}

test.for<[string, SpanRecord[]]>([
  ['a chain', many(at => (at === 0 ? undefined : at - 1))],
  ['a chain that failed', many(at => (at === 0 ? undefined : at - 1), { status: 'error' })],
  ['a chain of calls', many(at => (at === 0 ? undefined : at - 1), { kind: 'client' })],
  ['one parent', many(at => (at === 0 ? undefined : 0))],
  ['a tree of twos', many(at => (at === 0 ? undefined : (at - 1) >> 1))],
  ['one circle', many(at => (at + 1) % MANY)],
  ['circles of two', many(at => at ^ 1)],
  ['their own parents', many(at => at)],
  ['roots', many(() => undefined)],
  ['orphans', many(at => at + 2 * MANY)],
  ['one id', many(() => undefined).map(span => ({ ...span, spanId: 'a', parentSpanId: 'a' }))],
  ['no length', many(at => (at === 0 ? undefined : 0), { durationMs: 0, startMs: 5 })],
  [
    'clocks that all differ',
    many(at => (at === 0 ? undefined : at - 1)).map((span, at) => ({
      ...span,
      startUnixNano: BigInt((at * 7919) % 1000) * 1_000_000_000n + 1n,
      resource: { attributes: { 'host.name': `host ${at}` } },
    })),
  ],
])('10,000 spans as %s are read, each once', ([, spans]) => {
  const reading = readTrace(spans.toReversed(), [], { ownership })
  expect(reading.spans).toHaveLength(MANY)
  check(reading)
  expect(renderReading(reading).split('\n').length).toBeGreaterThan(MANY)
})

test.for<[string, Partial<SpanRecord>]>([
  ['no attributes', { attributes: {} }],
  [
    'values of other types',
    {
      attributes: {
        team: 5,
        'http.request.method': ['GET'],
        'server.address': { a: 1 },
        'http.response.status_code': 'many',
        'messaging.destination.name': null,
      },
    },
  ],
  [
    'values that are no numbers',
    { attributes: { 'http.response.status_code': Number.NaN, 'server.port': Infinity } },
  ],
  ['no name', { name: '' }],
  ['no ids', { traceId: '', spanId: '' }],
  ['an end before its start', { endUnixNano: 0n, durationMs: 0 }],
  ['no times', { startUnixNano: 0n, endUnixNano: 0n, startMs: 0, durationMs: 0 }],
  ['the last time there is', { startUnixNano: 2n ** 64n - 1n, endUnixNano: 2n ** 64n - 1n }],
  ['a duration that is none', { durationMs: Number.NaN }],
  ['a duration below zero', { durationMs: -5 }],
  ['a resource without attributes', { resource: { attributes: {} } }],
  [
    'an event without attributes',
    { status: 'error', events: [{ name: 'exception', timeUnixNano: 0n, attributes: {} }] },
  ],
  [
    'names of the prototype',
    {
      service: '__proto__',
      name: 'constructor',
      attributes: { 'throughline.next.kind': 'toString' },
    },
  ],
])('a span with %s is read', ([, given]) => {
  for (const kind of ['internal', 'server', 'client', 'producer', 'consumer'] as const) {
    const parent = makeSpan({ kind: 'client' })
    const child = makeSpan({ kind, parentSpanId: parent.spanId })
    const odd = [makeSpan({ kind }), child].map(span => ({ ...span, ...given }))
    const reading = readTrace([...odd, parent], [], { ownership })
    expect(reading.spans.length).toBeGreaterThanOrEqual(2)
    check(reading)
    expect(renderReading(reading)).not.toContain('undefined')
  }
})

test('nothing is an empty reading', () => {
  const reading = readTrace([], [])
  expect(reading).toMatchObject({
    title: '(no spans)',
    spans: [],
    gaps: [],
    failed: false,
    durationMs: 0,
  })
  check(reading)
  expect(renderReading(reading)).toContain('0 spans')
})

test('a trace is named by its root, and has its outcome, services and teams in order', () => {
  const root = makeSpan({
    kind: 'server',
    team: 'billing',
    startMs: 10,
    durationMs: 90,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/invoices/[id]',
      'http.response.status_code': 200,
    },
  })
  const query = makeSpan({
    kind: 'client',
    team: 'data',
    startMs: 20,
    durationMs: 5,
    parentSpanId: root.spanId,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'select 1 from invoices' },
  })
  const later = makeSpan({
    service: 'worker',
    kind: 'consumer',
    startMs: 200,
    durationMs: 5,
    parentSpanId: root.spanId,
  })
  const reading = readTrace([later, query, root], [])
  expect(reading).toMatchObject({
    traceId: root.traceId,
    title: 'GET /invoices/[id]',
    outcome: '200',
    failed: false,
    durationMs: 195,
    services: ['web', 'worker'],
    teams: ['billing', 'data'],
    spans: [
      {
        title: 'GET /invoices/[id]',
        category: 'api',
        depth: 0,
        parent: undefined,
        descendants: 2,
        startMs: 0,
      },
      {
        title: 'SELECT invoices',
        category: 'database',
        depth: 1,
        parent: 0,
        descendants: 0,
        startMs: 10,
      },
      { category: 'job', depth: 1, parent: 0, startMs: 190, critical: [] },
    ],
  })
  expect(reading.startUnixMs).toBe(Number(root.startUnixNano / 1_000_000n))
})

test.for([
  ['ok', {}],
  ['error', { status: 'error' }],
  ['404', { attributes: { 'http.response.status_code': 404 } }],
  ['500', { attributes: { 'http.status_code': 500 } }],
] as const)('%s came of a trace whose root has %j', ([outcome, given]) => {
  expect(readTrace([makeSpan(given)], []).outcome).toBe(outcome)
})

test('a request of Next.js is what Next.js did for it, wherever its route is', () => {
  const request = makeSpan({ kind: 'server', attributes: { 'http.route': '/sign-out' } })
  const part = (kind: string): SpanRecord =>
    makeSpan({ parentSpanId: request.spanId, attributes: { 'throughline.next.kind': kind } })
  const categoryBy = (...kinds: readonly string[]): string | undefined =>
    readTrace([request, ...kinds.map(part)], []).spans[0]?.category
  expect(categoryBy('proxy', 'handler')).toBe('handler')
  expect(categoryBy('proxy', 'page')).toBe('page')
  expect(categoryBy('proxy', 'action')).toBe('page')
  expect(categoryBy('proxy')).toBe('api')
})

test('a call whose other side is in the trace is a call, whatever the catalog says', () => {
  const call = makeSpan({ kind: 'client', attributes: { 'server.address': 'unknown.example.org' } })
  const answer = makeSpan({ kind: 'server', service: 'other', parentSpanId: call.spanId })
  expect(readTrace([call], []).spans[0]?.category).toBe('external')
  expect(readTrace([call, answer], []).spans[0]?.category).toBe('call')
})

test('logs stand at their spans, by time; where a span is missing, at the trace', () => {
  const root = makeSpan({ startMs: 0, durationMs: 100 })
  const child = makeSpan({ startMs: 10, parentSpanId: root.spanId })
  const seenOnly = makeLog(root, 0, {
    timeUnixNano: 0n,
    observedTimeUnixNano: root.startUnixNano + 5_000_000n,
  })
  const { logs } = readTrace(
    [root, child],
    [
      makeLog(child, 2),
      seenOnly,
      makeLog(root, 20, { spanId: 'gone' }),
      makeLog(root, 30, { spanId: undefined }),
    ],
  )
  expect(logs.map(({ span, atMs }) => [span, atMs])).toEqual([
    [0, 5],
    [1, 12],
    [undefined, 20],
    [undefined, 30],
  ])
})

test('what was sent twice is read once, in any order', () => {
  const root = makeSpan({ kind: 'server' })
  const child = makeSpan({ parentSpanId: root.spanId })
  const once = readTrace([root, child], [])
  expect(readTrace([child, root, child, root], [])).toEqual(once)
})

test('a log record stands at the one of a call and its answer that its service sent', () => {
  const call = makeSpan({ kind: 'client', startMs: 0, durationMs: 9 })
  const answer = makeSpan({ kind: 'server', service: 'api', spanId: call.spanId, startMs: 1 })
  const { logs } = readTrace([call, answer], [makeLog(answer, 2), makeLog(call, 1)])
  expect(logs.map(({ log, span }) => [log.service, span])).toEqual([
    ['web', 0],
    ['api', 1],
  ])
})
