import { expect, test } from 'vitest'
import { createMemo } from '../src/memo.ts'

const remembered = (
  memo: ReturnType<typeof createMemo<number>>,
  texts: readonly string[],
): number => texts.filter(text => memo.get(text) !== undefined).length

test('never more than two thousand texts are remembered, the latest ones', () => {
  const memo = createMemo<number>()
  const texts = Array.from({ length: 10_000 }, (_, at) => `text ${at}`)
  texts.forEach((text, at) => memo.set(text, at))
  expect(remembered(memo, texts.slice(0, 8_000))).toBe(0)
  expect(remembered(memo, texts.slice(9_000))).toBe(1_000)
})

test('never more than half a million characters are remembered', () => {
  const memo = createMemo<number>()
  const texts = Array.from({ length: 500 }, (_, at) => `${at}`.padEnd(4_096, 'x'))
  texts.forEach((text, at) => memo.set(text, at))
  expect(remembered(memo, texts) * 4_096).toBeLessThanOrEqual(2 * 262_144)
})

test('what is asked for again and again is not forgotten', () => {
  const memo = createMemo<number>()
  memo.set('kept', 1)
  const seen = new Set<number | undefined>()
  for (let at = 0; at < 10_000; at++) {
    memo.set(`text ${at}`, at)
    if (at % 500 === 0) seen.add(memo.get('kept'))
  }
  expect([...seen]).toEqual([1])
})

test('a text of more than 8,192 characters is not remembered', () => {
  const memo = createMemo<number>()
  memo.set('a'.repeat(8_192), 1)
  memo.set('a'.repeat(8_193), 1)
  expect(memo.get('a'.repeat(8_192))).toBe(1)
  expect(memo.get('a'.repeat(8_193))).toBeUndefined()
})
