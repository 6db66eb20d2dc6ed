import { expect, test } from 'vitest'
import { createTraceIdDeriver } from '../src/trust/derived-trace.ts'

const SAID = '0af7651916cd43dd8448eb211c80319c'

test('what a browser calls its trace gives always the same id, and never that one', () => {
  const derive = createTraceIdDeriver([])
  expect(derive(SAID)).toMatch(/^[\da-f]{32}$/)
  expect(derive(SAID)).toBe(derive(SAID))
  expect(derive(SAID)).not.toBe(SAID)
  expect(derive(derive(SAID))).not.toBe(SAID)
  expect(derive(SAID.replace('0a', '0b'))).not.toBe(derive(SAID))
})

test('processes that share a secret derive alike, and others do not', () => {
  const derive = createTraceIdDeriver(['a secret of this system', 'an older one'])
  expect(createTraceIdDeriver(['a secret of this system'])(SAID)).toBe(derive(SAID))
  expect(createTraceIdDeriver(['an older one'])(SAID)).not.toBe(derive(SAID))
  expect(createTraceIdDeriver([])(SAID)).not.toBe(createTraceIdDeriver([])(SAID))
})
