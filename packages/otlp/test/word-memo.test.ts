import { expect, test } from 'vitest'
import { WordMemo } from '../src/word-memo.ts'
import { createRandom } from './random.ts'

test('a word is read as UTF-8 says, whatever was read before it', () => {
  const random = createRandom(1)
  const memo = new WordMemo()
  for (let round = 0; round < 50_000; round += 1) {
    const isText = random.chance(0.7)
    const bytes = Buffer.from(
      random.some(4, () => (isText ? 97 + random.below(4) : random.below(256))),
    )
    const padded = Buffer.concat([Buffer.from('<'), bytes, Buffer.from('>')])
    expect(memo.read(padded, 1, 1 + bytes.length)).toBe(bytes.toString('utf8'))
  }
})

test('a byte that only looks like a known character is not taken for it', () => {
  const memo = new WordMemo()
  const known = Buffer.from('é')
  expect(memo.read(known, 0, 2)).toBe('é')
  for (let byte = 128; byte < 256; byte += 1) {
    expect(memo.read(Buffer.from([byte]), 0, 1)).toBe('\ufffd')
  }
})

test('a long word is read too', () => {
  const memo = new WordMemo()
  for (const length of [47, 48, 49, 5000]) {
    expect(memo.read(Buffer.alloc(length, 'x'), 0, length)).toBe('x'.repeat(length))
  }
})
