import { expect, test } from 'vitest'
import { keepOrder } from '../../page/parts/keep-order.ts'

test.for([
  ['rows stay where they were shown', ['b', 'a', 'c'], ['a', 'b', 'c'], ['b', 'a', 'c']],
  [
    'new rows come last, in their own order',
    ['b', 'a'],
    ['d', 'a', 'c', 'b'],
    ['b', 'a', 'd', 'c'],
  ],
  ['rows that are gone leave', ['b', 'a', 'c'], ['c', 'b'], ['b', 'c']],
  ['nothing shown yet is as it is sorted', [], ['a', 'b'], ['a', 'b']],
] as const)('%s', ([, shown, sorted, expected]) => {
  expect(keepOrder(shown, sorted)).toEqual(expected)
})
