import { expect, test } from 'vitest'
import { failureOf, isFailed } from '../src/span-failure.ts'
import { makeSpan } from './make-span.ts'

const exception = (
  type: string,
  message?: string,
): ReturnType<typeof makeSpan>['events'][number] => ({
  name: 'exception',
  timeUnixNano: 1n,
  attributes: {
    'exception.type': type,
    ...(message !== undefined && { 'exception.message': message }),
  },
})

test.for([
  [false, {}],
  [true, { status: 'error' }],
  [false, { attributes: { 'http.response.status_code': 404 } }],
  [true, { status: 'error', attributes: { 'http.response.status_code': 404 } }],
  [false, { attributes: { 'http.response.status_code': 499 } }],
  [true, { attributes: { 'http.response.status_code': 500 } }],
  [true, { attributes: { 'http.status_code': '503' } }],
  [false, { status: 'ok', attributes: { 'http.response.status_code': 500 } }],
] as const)('failed is %s for %j', ([failed, given]) => {
  expect(isFailed(makeSpan(given))).toBe(failed)
  expect(failureOf(makeSpan(given)) === undefined).toBe(!failed || !('attributes' in given))
})

test.for([
  ['TypeError: plan is undefined', { events: [exception('TypeError', 'plan is undefined')] }],
  ['connect ECONNREFUSED', { events: [exception('Error', 'connect ECONNREFUSED')] }],
  ['DOMException: gone', { events: [exception('DOMException', 'DOMException: gone')] }],
  ['RangeError', { events: [exception('RangeError')] }],
  ['Error: last', { events: [exception('A', 'first'), exception('Error', 'Error: last')] }],
  ['502', { attributes: { 'http.response.status_code': 502 }, statusMessage: 'Bad Gateway' }],
  [
    'duplicate key value',
    { statusMessage: 'duplicate\n  key value', attributes: { 'error.type': '23505' } },
  ],
  ['ECONNRESET', { attributes: { 'error.type': 'ECONNRESET' } }],
  [undefined, { attributes: { 'error.type': '_OTHER' } }],
  [undefined, {}],
] as const)('%s is why it failed', ([words, given]) => {
  expect(failureOf(makeSpan({ status: 'error', ...given }))).toBe(words)
})

test('what did not fail has no failure, though it caught an exception', () => {
  expect(failureOf(makeSpan({ events: [exception('TypeError', 'caught')] }))).toBeUndefined()
})
