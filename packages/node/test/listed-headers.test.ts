import type { RequestOptions } from 'node:http'
import { expect, test } from 'vitest'
import { spellOutHeaders } from '../src/instrumentations/listed-headers.ts'

const spellOut = (headers: unknown): unknown => {
  const options = { headers } as RequestOptions
  spellOutHeaders(options)
  return options.headers
}

test('names and values in turn, or in pairs, become an object', () => {
  expect(spellOut(['Host', 'a', 'x-one', '1'])).toEqual({ Host: 'a', 'x-one': '1' })
  expect(
    spellOut([
      ['Host', 'a'],
      ['x-one', '1'],
    ]),
  ).toEqual({ Host: 'a', 'x-one': '1' })
})

test('a header that is given twice keeps both values', () => {
  expect(spellOut(['Accept', 'a', 'accept', 'b'])).toEqual({ accept: ['a', 'b'] })
})

test('an object is left as it is', () => {
  const headers = { host: 'a' }
  expect(spellOut(headers)).toBe(headers)
  expect(spellOut(undefined)).toBeUndefined()
})
