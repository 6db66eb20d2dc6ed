import { expect, test } from 'vitest'
import { createStore, makeSpan, spanId, traceId } from './samples.ts'

const link = (trace: number, id: number) => ({
  traceId: traceId(trace),
  spanId: spanId(id),
  traceState: '',
  attributes: {},
})

test('a link is seen from both of its ends', () => {
  const { writer, reader } = createStore()
  writer.addSpans([makeSpan({ trace: 1, id: 11 })])
  writer.addSpans([makeSpan({ trace: 2, id: 21, links: [link(1, 11), link(7, 71)] })])
  expect(reader.readTrace(traceId(2))?.links).toEqual([
    {
      spanId: spanId(21),
      otherTraceId: traceId(1),
      otherSpanId: spanId(11),
      heldBy: 'this',
      here: true,
    },
    {
      spanId: spanId(21),
      otherTraceId: traceId(7),
      otherSpanId: spanId(71),
      heldBy: 'this',
      here: false,
    },
  ])
  expect(reader.readTrace(traceId(1))?.links).toEqual([
    {
      spanId: spanId(11),
      otherTraceId: traceId(2),
      otherSpanId: spanId(21),
      heldBy: 'other',
      here: true,
    },
  ])
})

test('a link within a trace, and one that is sent twice, are there once', () => {
  const { writer, reader } = createStore()
  const spans = [
    makeSpan({ id: 1, links: [link(1, 2)] }),
    makeSpan({ trace: 2, id: 3, links: [link(1, 1)] }),
  ]
  writer.addSpans(spans)
  writer.addSpans(spans)
  expect(reader.readTrace(traceId(1))?.links.map(({ heldBy }) => heldBy)).toEqual(['this', 'other'])
})

test('of many ids those are told that are here', () => {
  const { writer, reader } = createStore()
  writer.addSpans([makeSpan({ trace: 1 }), makeSpan({ trace: 3 })])
  expect(reader.existing([1, 2, 3].map(traceId))).toEqual(new Set([1, 3].map(traceId)))
  expect(reader.existing([])).toEqual(new Set())
  expect(reader.existing(['', 'x', "' OR 1"])).toEqual(new Set())
})
