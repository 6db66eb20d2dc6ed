import { DatabaseSync } from 'node:sqlite'
import { encodeTraces, type Encoding, type ReceivedBody, type SpanRecord } from '@throughline/otlp'
import { describe, expect, test } from 'vitest'
import { encodeRequest } from '../../e2e/protobuf-encoding.ts'
import { createStore, makeLog, makeRequest, makeSpan, spanId, traceId } from './samples.ts'

const ENCODINGS: readonly Encoding[] = ['protobuf', 'json']

/** A body as an SDK sends it; in JSON as one that escapes all that it may. */
function sentIn(encoding: Encoding, spans: readonly SpanRecord[]): ReceivedBody {
  const json = encodeTraces(spans)
  if (encoding === 'protobuf') return { encoding, bytes: encodeRequest(JSON.parse(json) as object) }
  const escaped = json.replaceAll('/', '\\/').replaceAll(/[^\x20-\x7e]/g, escapeUnit)
  return { encoding, bytes: Buffer.from(escaped) }
}

const escapeUnit = (unit: string): string =>
  `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

describe.each(ENCODINGS)('spans that came in %s', encoding => {
  const send = (store: ReturnType<typeof createStore>, spans: readonly SpanRecord[]): void =>
    store.writer.addSpans(spans, sentIn(encoding, spans))

  test('are read back by trace, also where several requests have several', () => {
    const store = createStore()
    send(store, [makeSpan({ trace: 1, id: 1 }), makeSpan({ trace: 2, id: 2 })])
    send(store, [makeSpan({ trace: 2, id: 3, parent: 2 }), makeSpan({ trace: 3, id: 4 })])
    send(store, [makeSpan({ trace: 2, id: 5, parent: 2 }), makeSpan({ trace: 1, id: 6 })])
    const idsOf = (trace: number) =>
      store.reader.readTrace(traceId(trace))?.spans.map(span => span.spanId)
    expect([1, 2, 3].map(idsOf)).toEqual([
      [spanId(1), spanId(6)],
      [spanId(2), spanId(3), spanId(5)],
      [spanId(4)],
    ])
  })

  test('are kept in the bytes that came', () => {
    const store = createStore()
    const spans = [makeSpan({ trace: 1 }), makeSpan({ trace: 2 })]
    const body = sentIn(encoding, spans)
    store.writer.addSpans(spans, body)
    using database = new DatabaseSync(store.path, { readOnly: true })
    const stored = database.prepare('SELECT encoding, payload FROM chunks').all()
    expect(stored).toEqual([{ encoding, payload: new Uint8Array(body.bytes) }])
    expect(store.writer.stored()).toMatchObject({ spans: 2, bytes: body.bytes.length })
  })

  test('are one trace with a part that was removed', () => {
    const store = createStore({ maxSpans: 4 })
    send(store, [makeSpan({ trace: 1, id: 1 }), makeSpan({ trace: 2, id: 2 })])
    send(store, [makeSpan({ trace: 1, id: 3 }), makeSpan({ trace: 3, id: 4 })])
    send(store, [makeSpan({ trace: 1, id: 5 }), makeSpan({ trace: 4, id: 6 })])
    expect(store.reader.readTrace(traceId(1))).toMatchObject({ evicted: true, spans: [{}, {}] })
    expect(store.reader.readTrace(traceId(2))).toBeUndefined()
    expect(store.reader.readTrace(traceId(3))).toMatchObject({ evicted: false })
    send(store, [makeSpan({ trace: 5, id: 7 }), makeSpan({ trace: 5, id: 8 })])
    send(store, [makeSpan({ trace: 5, id: 9 }), makeSpan({ trace: 5, id: 10 })])
    expect(store.reader.readTrace(traceId(1))).toBeUndefined()
    using database = new DatabaseSync(store.path, { readOnly: true })
    expect(database.prepare('SELECT count(*) AS rows FROM earlier_chunks').get()).toEqual({
      rows: 1,
    })
  })

  test.for([
    ['Needle', [1]],
    ['nEEDLE', [1]],
    ['a/b"c\\d', [2]],
    ['zażółć gęślą', [3]],
    ['8471', [4]],
    ['2.75', [4]],
    ['deep', [5]],
    ['while it ran', [6]],
    ['tenant=blue', [7]],
    ['node-17', [8]],
    [spanId(0xabc9), [9]],
    ['abc9', []],
    ['stringValue', []],
    ['-needle', [9, 8, 7, 6, 5, 4, 3, 2]],
  ] as const)('are found by what they say: %s', ([search, expected]) => {
    const store = createStore()
    const service = 'web'
    send(store, [
      makeSpan({ trace: 1, id: 1, attributes: { note: 'a needle' } }),
      makeSpan({ trace: 2, id: 2, atMs: 1, attributes: { 'the.text': 'a/b"c\\d' } }),
      makeSpan({ trace: 3, id: 3, atMs: 2, statusMessage: 'Zażółć GĘŚLĄ' }),
      makeSpan({ trace: 4, id: 4, atMs: 3, attributes: { size: 84_710, share: 2.75 } }),
      makeSpan({ trace: 5, id: 5, atMs: 4, attributes: { list: ['x', { key: ['deep'] }] } }),
      makeSpan({
        trace: 6,
        id: 6,
        atMs: 5,
        events: [{ name: 'note', timeUnixNano: 1n, attributes: { said: 'While it ran' } }],
      }),
      makeSpan({ trace: 7, id: 7, atMs: 6, traceState: 'tenant=blue' }),
      makeSpan({
        trace: 8,
        id: 8,
        atMs: 7,
        resource: { attributes: { 'service.name': service, 'host.name': 'node-17' } },
      }),
      makeSpan({ trace: 9, id: 0xabc9, atMs: 8 }),
    ])
    const found = store.reader.listTraces(
      JSON.stringify(search).startsWith('"-') ? search : quoted(search),
      { limit: 20 },
    )
    expect(found.traces.map(trace => trace.traceId)).toEqual(expected.map(traceId))
  })
})

const quoted = (word: string): string => JSON.stringify(word)

test('a request that is too large to be decoded for one of its traces is kept in parts', () => {
  const store = createStore()
  const spans = Array.from({ length: 5000 }, (_, index) =>
    makeSpan({ trace: index, id: index + 1 }),
  )
  store.writer.addSpans(spans, sentIn('protobuf', spans))
  using database = new DatabaseSync(store.path, { readOnly: true })
  const rows = database.prepare('SELECT encoding, max(spans) AS most FROM chunks').all()
  expect(rows).toEqual([{ encoding: 'json', most: 512 }])
  expect(store.reader.readTrace(traceId(4999))?.spans).toHaveLength(1)
})

test('a word that is asked for again is found in what came since, and no more in what went', () => {
  const store = createStore({ maxSpans: 3 })
  const found = (): readonly string[] =>
    store.reader.listTraces('needle', { limit: 10 }).traces.map(trace => trace.traceId)
  const add = (trace: number, note: string): void =>
    store.writer.addSpans([makeSpan({ trace, atMs: trace, attributes: { note } })])
  add(1, 'needle')
  expect(found()).toEqual([traceId(1)])
  add(2, 'hay')
  add(3, 'needle')
  expect(found()).toEqual([traceId(3), traceId(1)])
  store.writer.addLogs([makeLog({ trace: 2, body: 'the needle' })])
  expect(found()).toEqual([traceId(3), traceId(2), traceId(1)])
  expect(store.reader.countTraces('needle', 1).count).toBe(2)
  for (const other of ['a', 'b', 'c', 'd', 'e']) store.reader.listTraces(other, { limit: 1 })
  add(4, 'hay')
  add(5, 'hay')
  expect(found()).toEqual([traceId(3)])
})

test('a log that came before its trace is found with it', () => {
  const store = createStore()
  store.writer.addLogs([makeLog({ trace: 1, body: 'needle' })])
  expect(store.reader.listTraces('needle', { limit: 1 }).total).toBe(0)
  store.writer.addSpans([makeRequest('GET', '/', { trace: 1 })])
  expect(store.reader.listTraces('needle', { limit: 1 }).total).toBe(1)
})
