import { expect, test } from 'vitest'
import { keepDistinct } from '../src/distinct-spans.ts'
import { makeSpan } from './make-span.ts'

test('a span that was sent again is kept once', () => {
  const span = makeSpan()
  const again = { ...span, resource: { attributes: {} } }
  const { spans, clashing } = keepDistinct([span, makeSpan(), again])
  expect(spans).toHaveLength(2)
  expect(clashing.size).toBe(0)
})

test.for([
  ['name', { name: 'other' }],
  ['end', { endUnixNano: 1n }],
  ['start', { startUnixNano: 1n }],
  ['kind', { kind: 'server' }],
  ['service', { service: 'other' }],
  ['parent', { parentSpanId: '1' }],
  ['status', { status: 'error' }],
] as const)('spans of one id with another %s are both kept, and clash', ([, change]) => {
  const span = makeSpan()
  const other = { ...span, ...change }
  const { spans, clashing } = keepDistinct([span, other, other, span])
  expect(spans).toEqual([span, other])
  expect([...clashing]).toEqual([other])
})
