import { expect, test } from 'vitest'
import { formatDuration } from '../src/format-duration.ts'

test.for([
  [0, '0 µs'],
  [0.000_001, '<1 µs'],
  [0.000_499, '<1 µs'],
  [0.0005, '1 µs'],
  [0.84, '840 µs'],
  [9.94, '9.9 ms'],
  [84.4, '84 ms'],
  [4100, '4.10 s'],
] as const)('%d ms is said as %s', ([milliseconds, words]) => {
  expect(formatDuration(milliseconds)).toBe(words)
})
