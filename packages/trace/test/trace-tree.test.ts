import { expect, test } from 'vitest'
import { renderTree } from '../src/render-tree.ts'
import { buildTraces } from '../src/trace-tree.ts'
import { makeSpan } from './make-span.ts'

test('spans of several traces are a tree each, by the start of the first', () => {
  const late = makeSpan({ traceId: 'b'.repeat(32), startMs: 50 })
  const early = makeSpan({ traceId: 'c'.repeat(32), startMs: 10 })
  const traces = buildTraces([late, early])
  expect(traces.map(({ traceId }) => traceId[0])).toEqual(['c', 'b'])
})

test('a parent that is missing makes an orphan, and one that is known to be elsewhere a root', () => {
  const span = makeSpan({ parentSpanId: 'f'.repeat(16) })
  const [alone] = buildTraces([span])
  expect(alone).toMatchObject({ roots: [], orphans: [{ spanId: span.spanId }] })
  const [known] = buildTraces([span], { remoteParents: ['f'.repeat(16)] })
  expect(known).toMatchObject({ roots: [{ spanId: span.spanId }], orphans: [] })
})

test('a span that arrived twice is there twice, so that a test sees it', () => {
  const span = makeSpan()
  expect(buildTraces([span, span])[0]?.spans).toHaveLength(2)
})

test('a circle of parents is an orphan, and is drawn', () => {
  const [tree] = buildTraces([
    makeSpan({ name: 'one', spanId: '1', parentSpanId: '2' }),
    makeSpan({ name: 'two', spanId: '2', parentSpanId: '1' }),
  ])
  expect(tree?.orphans).toHaveLength(1)
  const drawn = tree === undefined ? '' : renderTree(tree)
  expect(drawn).toContain('parent 2 is missing: · one')
  expect(drawn).toContain('└─ · two')
})
