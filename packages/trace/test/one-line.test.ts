import { expect, test } from 'vitest'
import { oneLine } from '../src/one-line.ts'

test.for([
  ['short', 'short'],
  ['  a\n\tb  c ', 'a b c'],
  ['exactly ten', 'exactly t…'],
  ['x'.repeat(5_000_000), 'xxxxxxxxx…'],
  [`12345678🙂90`, '12345678…'],
  ['', ''],
] as const)('a text becomes a line of ten characters at most', ([text, line]) => {
  expect(oneLine(text, 10)).toBe(line)
})
