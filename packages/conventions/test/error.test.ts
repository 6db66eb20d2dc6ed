import { expect, test } from 'vitest'
import { ThroughlineError } from '../src/index.ts'

const cause = new Error('ENOENT')
const error = new ThroughlineError('there is no catalog at ./ownership.yaml', {
  code: 'CATALOG_NOT_FOUND',
  fix: 'Write one.',
  cause,
})

test('an error carries its code, its way out and its cause', () => {
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'ThroughlineError',
    code: 'CATALOG_NOT_FOUND',
    fix: 'Write one.',
    cause,
  })
  expect(String(error)).toBe('ThroughlineError: there is no catalog at ./ownership.yaml')
})

test('an error of a second installed copy is one of ours too, another is not', () => {
  const other = Object.assign(new Error('x'), { name: 'ThroughlineError' })
  expect(ThroughlineError.is(error)).toBe(true)
  expect(ThroughlineError.is(other)).toBe(true)
  expect(ThroughlineError.is(new Error('x'))).toBe(false)
  expect(ThroughlineError.is({ name: 'ThroughlineError' })).toBe(false)
})
