import { expect, test } from 'vitest'
import { DOWNWARDS, sayHistory, sparklineBars, UPWARDS } from '../../page/routes/sparkline-bars.ts'

const stretch = (requests: number, errors = 0) => ({ requests, errors })

test('the busiest stretch is the highest, and what is there at all can be seen', () => {
  const bars = sparklineBars([stretch(0), stretch(1), stretch(1000, 1), stretch(500, 500)])
  expect(bars.map(({ upwards }) => upwards)).toEqual([0, 1, UPWARDS, UPWARDS / 2])
  expect(bars.map(({ downwards }) => downwards)).toEqual([0, 0, 1, DOWNWARDS / 2])
})

test('a time without requests has no bars', () => {
  expect(sparklineBars([stretch(0), stretch(0)]).map(({ upwards }) => upwards)).toEqual([0, 0])
})

test.for([
  [
    [stretch(0), stretch(4, 1), stretch(9)],
    'Requests in 2 of 3 stretches of the time, at most 9 in one; some failed in 1',
  ],
  [[stretch(2)], 'Requests in 1 of 1 stretches of the time, at most 2 in one; none failed'],
] as const)('%# a history is said in words', ([history, words]) => {
  expect(sayHistory(history)).toBe(words)
})
