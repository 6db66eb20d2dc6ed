import { expect, test } from 'vitest'
import { nearest } from '../src/nearest.ts'

const teams = ['billing', 'growth', 'platform', 'partners', 'product']

test.for([
  ['biling', 'billing'],
  ['Billing', 'billing'],
  ['blliing', 'billing'],
  ['plat', 'platform'],
  ['growht', 'growth'],
  ['pr', undefined],
  ['p', undefined],
  ['', undefined],
  ['security', undefined],
  ['par', 'partners'],
] as const)('%s is most likely %s', ([word, expected]) => {
  expect(nearest(word, teams)).toBe(expected)
})

test('nothing is near where there is nothing', () => {
  expect(nearest('billing', [])).toBeUndefined()
})

test('of two words that begin alike none is preferred', () => {
  expect(nearest('prod', ['product', 'production'])).toBeUndefined()
})
