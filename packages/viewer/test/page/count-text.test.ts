import { expect, test } from 'vitest'
import { formatCount } from '../../page/parts/count-text.ts'

test.for([
  [0, '0'],
  [999, '999'],
  [1284, '1,284'],
  [1_000_000, '1,000,000'],
] as const)('%d is %j', ([count, text]) => {
  expect(formatCount(count)).toBe(text)
})
