import { expect, test } from 'vitest'
import { renderSpread, spreadOf } from '../src/spread.ts'

test('the spread of values is their median and quartiles, interpolated', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, q1: 1.75, q3: 3.25 })
  expect(spreadOf([7])).toEqual({ median: 7, q1: 7, q3: 7 })
  expect(spreadOf([]).median).toBeNaN()
})

test('a spread reads as its median with the quartiles in brackets', () => {
  expect(renderSpread({ median: 1.149, q1: 1.1, q3: 1.2 }, 2)).toBe('1.15 [1.10–1.20]')
})
