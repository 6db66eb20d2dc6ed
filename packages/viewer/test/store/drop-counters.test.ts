import { expect, test } from 'vitest'
import { createStore, makePoint, NOON_MS } from './samples.ts'

test('of a counter that grows the last value counts', () => {
  const { writer, reader } = createStore()
  writer.addMetrics([makePoint({ value: 3 }), makePoint({ value: 8, atMs: 1000 })])
  writer.addMetrics([makePoint({ value: 9, atMs: 2000 })])
  expect(reader.dropped()).toEqual([
    { service: 'web', reason: 'queue_full', spans: 9, atMs: NOON_MS + 2000 },
  ])
})

test('a counter that begins anew adds to what it said before', () => {
  const { writer, reader } = createStore()
  for (const value of [5, 2, 3]) writer.addMetrics([makePoint({ value })])
  expect(reader.dropped()).toMatchObject([{ spans: 8 }])
})

test('of a counter that tells what is new all values count', () => {
  const { writer, reader } = createStore()
  for (const value of [5, 2, 3]) writer.addMetrics([makePoint({ value, temporality: 'delta' })])
  expect(reader.dropped()).toMatchObject([{ spans: 10 }])
})

test('instances of a service are added up, and reasons are told apart', () => {
  const { writer, reader } = createStore()
  writer.addMetrics([
    makePoint({ value: 1, instance: 'one' }),
    makePoint({ value: 2, instance: 'two' }),
    makePoint({ value: 4, attributes: { reason: 'export_failed' } }),
    makePoint({ value: 8, service: 'api' }),
  ])
  expect(reader.dropped().map(({ service, reason, spans }) => [service, reason, spans])).toEqual([
    ['api', 'queue_full', 8],
    ['web', 'export_failed', 4],
    ['web', 'queue_full', 3],
  ])
})

test.for([
  ['otel.sdk.processor.span.processed', { 'error.type': 'queue_full' }, 1],
  ['otel.sdk.exporter.span.exported', { 'error.type': 'timeout' }, 1],
  ['throughline.spans.dropped', { reason: 'queue_full' }, 1],
  ['otel.sdk.processor.span.processed', {}, 0],
  ['otel.sdk.exporter.span.exported', { 'error.type': '' }, 0],
  ['otel.sdk.exporter.span.exported', { 'error.type': 7 }, 0],
  ['http.server.request.duration', { reason: 'x', 'error.type': 'x' }, 0],
] as const)('%s with %j is kept %i times', ([metric, attributes, count]) => {
  const { writer, reader } = createStore()
  writer.addMetrics([makePoint({ metric, attributes, value: 3 })])
  expect(reader.dropped()).toHaveLength(count)
})

test.for([0, -1, NaN])('a counter that says %d says nothing', value => {
  const { writer, reader } = createStore()
  writer.addMetrics([makePoint({ value })])
  expect(reader.dropped()).toEqual([])
})

test('a service that says the same by two metrics lost it once', () => {
  const { writer, reader } = createStore()
  writer.addMetrics([
    makePoint({ value: 5 }),
    makePoint({
      value: 5,
      metric: 'otel.sdk.processor.span.processed',
      attributes: { 'error.type': 'queue_full' },
    }),
  ])
  expect(reader.dropped()).toMatchObject([{ spans: 5 }])
})

test('there are only so many counters, and the silent ones go', () => {
  const { writer, reader } = createStore()
  writer.addMetrics(
    Array.from({ length: 1500 }, (_, index) =>
      makePoint({ value: 1, atMs: index, attributes: { reason: `r${index}` } }),
    ),
  )
  const dropped = reader.dropped()
  expect(dropped).toHaveLength(1000)
  expect(dropped.some(({ reason }) => reason === 'r499')).toBe(false)
  expect(dropped.some(({ reason }) => reason === 'r500')).toBe(true)
})
