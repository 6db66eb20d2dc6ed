import { expect, test } from 'vitest'
import { createReportedErrors } from '../src/errors/reported-errors.ts'

test('an error is new once in its request, and once in each other', () => {
  const reported = createReportedErrors()
  const error = new Error('boom')
  const [first, second] = [{}, {}]
  expect(reported.isNew(error, first)).toBe(true)
  expect(reported.isNew(error, first)).toBe(false)
  expect(reported.isNew(error, second)).toBe(true)
})

test('the error that Next.js tells in the stead of another is that one, whose digest came later', () => {
  const reported = createReportedErrors()
  const request = {}
  const error = Object.assign(new Error('boom'), { digest: undefined as string | undefined })
  expect(reported.isNew(error, request)).toBe(true)
  error.digest = '42'
  expect(reported.isNew(Object.assign(new Error('in its stead'), { digest: '42' }), request)).toBe(
    false,
  )
  expect(reported.isNew(Object.assign(new Error('another'), { digest: '43' }), request)).toBe(true)
})

test('errors without a digest are told apart, and so are thrown values', () => {
  const reported = createReportedErrors()
  const request = {}
  expect(reported.isNew(new Error('boom'), request)).toBe(true)
  expect(reported.isNew(new Error('boom'), request)).toBe(true)
  expect(reported.isNew(undefined, request)).toBe(true)
  expect(reported.isNew(undefined, request)).toBe(false)
})

test('outside of requests and jobs every error is new', () => {
  const reported = createReportedErrors()
  const error = new Error('boom')
  expect(reported.isNew(error, undefined)).toBe(true)
  expect(reported.isNew(error, undefined)).toBe(true)
})
