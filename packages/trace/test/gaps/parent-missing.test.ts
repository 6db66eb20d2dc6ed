import { expect, test } from 'vitest'
import { readTrace } from '../../src/read-trace.ts'
import { makeSpan } from '../make-span.ts'

const GONE = 'f'.repeat(16)

test.for([
  ['remote', 'server', 0x301, 'Who called web is not here', true],
  ['remote, by its kind', 'consumer', 1, 'Who called web is not here', false],
  ['of the same process', 'server', 0x101, 'A span of web is missing', true],
  ['of the same process, by its kind', 'client', 1, 'A span of web is missing', false],
] as const)('a parent that is %s', ([, kind, flags, sentence, certain]) => {
  const { gaps } = readTrace([makeSpan({ kind, flags, parentSpanId: GONE })], [])
  expect(gaps).toMatchObject([{ reason: 'parent-missing', weight: 'gap', span: 0, certain }])
  expect(gaps[0]?.sentence).toContain(sentence)
  expect(gaps[0]?.sentence).toContain(GONE)
  expect(gaps[0]?.mend).toBeDefined()
})

test('one gap a parent, at the first span that it left behind', () => {
  const { gaps, spans } = readTrace(
    [
      makeSpan({ kind: 'server' }),
      makeSpan({ parentSpanId: GONE }),
      makeSpan({ parentSpanId: 'e'.repeat(16) }),
      makeSpan({ parentSpanId: GONE }),
    ],
    [],
  )
  expect(gaps.map(({ span }) => span)).toEqual([1, 2])
  expect(gaps[0]?.sentence).toContain('the parent of 2 spans')
  expect(spans.map(({ depth }) => depth)).toEqual([0, 0, 0, 0])
})

test('what is known to be lost explains it', () => {
  const { gaps } = readTrace([makeSpan({ parentSpanId: GONE, flags: 0x101 })], [], {
    evicted: true,
    dropped: [{ service: 'web', reason: 'queue_full', spans: 12, atMs: 0 }],
  })
  const [gap] = gaps
  expect(gap?.reason).toBe('parent-missing')
  expect(gap?.evidence.join(' ')).toMatch(/removed to make room.*lost 12 spans \(queue_full\)/)
  expect(gap?.mend).toBeUndefined()
})
