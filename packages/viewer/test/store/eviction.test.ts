import { expect, test } from 'vitest'
import {
  createStore,
  makeCall,
  makeLog,
  makeRequest,
  makeSpan,
  NOON_MS,
  traceId,
} from './samples.ts'

const traceIds = ({ reader }: ReturnType<typeof createStore>) =>
  reader.listTraces('', { limit: 1000 }).traces.map(trace => trace.traceId)

test('when there are too many spans the oldest traces go, and the newest stay', () => {
  const store = createStore({ maxSpans: 100 })
  for (let trace = 1; trace <= 100; trace++) {
    store.writer.addSpans([
      makeRequest('GET', '/', { trace, id: trace * 2, atMs: trace }),
      makeCall('api', { trace, id: trace * 2 + 1, parent: trace * 2, atMs: trace }),
    ])
    expect(store.writer.stored().spans).toBeLessThanOrEqual(100)
  }
  const { traces, spans, evictedSpans, newest } = store.writer.stored()
  expect({ evicted: spans + evictedSpans, newest }).toEqual({ evicted: 200, newest: 100 })
  expect(spans).toBeGreaterThan(90)
  expect(traces).toBe(spans / 2)
  expect(traceIds(store)).toEqual(
    Array.from({ length: traces }, (_, index) => traceId(100 - index)),
  )
  expect(store.reader.readTrace(traceId(100))).toMatchObject({ evicted: false, spans: [{}, {}] })
  expect(store.reader.readTrace(traceId(1))).toBeUndefined()
  expect(store.reader.served(0)[0]?.requests).toHaveLength(traces)
  expect(store.reader.calls(0)[0]?.durationsMs).toHaveLength(traces)
  expect(store.reader.span(0)).toEqual({ fromMs: NOON_MS + 101 - traces, toMs: NOON_MS + 100 })
})

test('when there are too many bytes the oldest spans and logs go', () => {
  const store = createStore({ maxBytes: 100_000 })
  const text = 'x'.repeat(1000)
  for (let trace = 1; trace <= 100; trace++) {
    store.writer.addLogs([makeLog({ trace, body: text })])
    store.writer.addSpans([makeSpan({ trace, attributes: { text } })])
    expect(store.writer.stored().bytes).toBeLessThanOrEqual(100_000)
  }
  const { traces, spans, logs, bytes } = store.writer.stored()
  expect(bytes).toBeGreaterThan(80_000)
  expect([traces, Math.abs(spans - logs) <= 1]).toEqual([spans, true])
  expect(store.reader.readTrace(traceId(100))?.logs).toHaveLength(1)
})

test('a trace of which a part was removed says so', () => {
  const store = createStore({ maxSpans: 10 })
  store.writer.addSpans([makeSpan({ trace: 1, id: 1 })])
  for (let id = 2; id <= 11; id++) store.writer.addSpans([makeSpan({ trace: 1, id, parent: 1 })])
  store.writer.addSpans([makeSpan({ trace: 2, id: 99 })])
  expect(store.reader.readTrace(traceId(1))?.evicted).toBe(true)
  expect(store.reader.readTrace(traceId(1))?.spans[0]?.parentSpanId).toBeDefined()
  expect(store.reader.readTrace(traceId(2))?.evicted).toBe(false)
})

test('a span that comes when its trace was removed begins it anew, with a new number', () => {
  const store = createStore({ maxSpans: 2 })
  for (const trace of [1, 2, 3, 4]) store.writer.addSpans([makeSpan({ trace })])
  expect(store.reader.existing([traceId(1)])).toEqual(new Set())
  store.writer.addSpans([makeSpan({ trace: 1, id: 7 })])
  expect(store.reader.readTrace(traceId(1))?.spans).toHaveLength(1)
  expect(store.writer.stored().newest).toBe(5)
})

test('a batch that is larger than the limit leaves no more than the limit', () => {
  const store = createStore({ maxSpans: 700 })
  store.writer.addSpans(Array.from({ length: 2000 }, (_, id) => makeSpan({ id: id + 1 })))
  const { spans } = store.writer.stored()
  expect(spans).toBeLessThanOrEqual(700)
  expect(store.reader.readTrace(traceId(1))).toMatchObject({ evicted: true })
  expect(store.reader.readTrace(traceId(1))?.spans).toHaveLength(spans)
})

test('what was removed is not found by a search or by a link', () => {
  const store = createStore({ maxSpans: 1 })
  const link = { traceId: traceId(9), spanId: '00000000000000ff', traceState: '', attributes: {} }
  store.writer.addSpans([makeSpan({ trace: 1, links: [link], attributes: { note: 'needle' } })])
  store.writer.addSpans([makeSpan({ trace: 9 })])
  expect(store.reader.listTraces('needle', { limit: 1 }).total).toBe(0)
  expect(store.reader.readTrace(traceId(9))?.links).toEqual([])
})

test('room that was freed is used again', () => {
  const store = createStore({ maxSpans: 500 })
  const add = (from: number) => {
    for (let trace = from; trace < from + 1000; trace++)
      store.writer.addSpans([makeSpan({ trace })])
  }
  add(1)
  const before = store.reader.listTraces('', { limit: 1000 }).total
  add(2000)
  expect(store.reader.listTraces('', { limit: 1000 }).total).toBeCloseTo(before, -2)
  expect(store.writer.stored().bytes).toBeLessThan(500 * 600)
})
