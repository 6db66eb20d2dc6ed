import { expect, test } from 'vitest'
import { formatRate, formatShare } from '../../page/parts/rate.ts'

test.for([
  [1234, '1,234 /s'],
  [12, '12 /s'],
  [1, '1 /s'],
  [0.999, '60 /min'],
  [0.05, '3 /min'],
  [0.04, '2.4 /min'],
  [1 / 61, '59 /h'],
  [1 / 3600, '1 /h'],
  [0, '0'],
] as const)('%d a second is said as %s', ([perSecond, expected]) => {
  expect(formatRate(perSecond)).toBe(expected)
})

test.for([
  [0, 100, '0 %'],
  [0, 0, '0 %'],
  [1, 5000, '<0.1 %'],
  [9, 1000, '0.9 %'],
  [1, 8, '13 %'],
  [4999, 5000, '>99 %'],
  [5000, 5000, '100 %'],
] as const)('%d of %d is %s', ([part, whole, expected]) => {
  expect(formatShare(part, whole)).toBe(expected)
})
