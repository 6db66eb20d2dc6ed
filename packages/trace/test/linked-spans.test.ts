import { expect, test } from 'vitest'
import { linkSpans, listInOrder } from '../src/linked-spans.ts'
import { makeSpan } from './make-span.ts'

const named = (name: string, parent?: string): ReturnType<typeof makeSpan> =>
  makeSpan({ name, spanId: name, parentSpanId: parent })

/** The names of all spans from the top, by their depth. */
function outline(spans: readonly ReturnType<typeof makeSpan>[]): string[] {
  const linked = linkSpans(spans)
  const depths = new Map<number, number>()
  return listInOrder([...linked.roots, ...linked.orphans], linked).map(place => {
    const parent = linked.parents[place]
    const depth = parent === undefined ? 0 : (depths.get(parent) ?? 0) + 1
    depths.set(place, depth)
    return '-'.repeat(depth) + (linked.spans[place]?.name ?? '')
  })
}

test('spans stand below their parents by start, in whatever order they arrive', () => {
  const spans = [named('a'), named('b', 'a'), named('c', 'b'), named('d', 'a')]
  expect(outline(spans)).toEqual(['a', '-b', '--c', '-d'])
  expect(outline(spans.toReversed())).toEqual(['a', '-b', '--c', '-d'])
})

test('what has lost its parent comes last, with all that is below it', () => {
  expect(outline([named('b', 'gone'), named('c', 'b'), named('a')])).toEqual(['a', 'b', '-c'])
})

test('a circle of parents is cut where it begins, and every span is reached once', () => {
  const spans = [
    named('a', 'c'),
    named('b', 'a'),
    named('c', 'b'),
    named('below', 'b'),
    named('self', 'self'),
    named('root'),
  ]
  expect(outline(spans)).toEqual(['root', 'a', '-b', '--c', '--below', 'self'])
  const { cut, orphans } = linkSpans(spans)
  expect(cut).toEqual(orphans)
  expect(cut).toHaveLength(2)
})

test('a span that hangs on a circle is not cut itself', () => {
  const spans = [named('tail', 'b'), named('a', 'b'), named('b', 'a')]
  expect(outline(spans)).toEqual(['a', '-b', '--tail'])
})

test('of spans with one id the first is the parent', () => {
  const first = makeSpan({ name: 'first', spanId: 'x' })
  const second = makeSpan({ name: 'second', spanId: 'x' })
  expect(outline([second, named('child', 'x'), first])).toEqual(['first', '-child', 'second'])
})

test('below a call and an answer of one id, each has what its own service did', () => {
  const call = makeSpan({ name: 'call', spanId: 'x', kind: 'client', service: 'web', startMs: 5 })
  const answer = makeSpan({
    name: 'answer',
    spanId: 'x',
    kind: 'server',
    service: 'api',
    startMs: 3,
  })
  const query = makeSpan({ name: 'query', parentSpanId: 'x', service: 'api', startMs: 6 })
  const connect = makeSpan({ name: 'connect', parentSpanId: 'x', service: 'web', startMs: 7 })
  expect(outline([query, answer, connect, call])).toEqual([
    'call',
    '-answer',
    '--query',
    '-connect',
  ])
})

test('a chain of 20,000 spans is no deeper than any other', () => {
  const spans = Array.from({ length: 20_000 }, (_, at) =>
    makeSpan({ spanId: String(at), parentSpanId: at === 0 ? undefined : String(at - 1) }),
  )
  const linked = linkSpans(spans)
  expect(listInOrder(linked.roots, linked)).toHaveLength(20_000)
})
