import { expect, test } from 'vitest'
import { describeThrown } from '../../src/client/errors.ts'

test('an error says its type, its message and its stack', () => {
  const error = new TypeError('x is not a function')
  error.stack = 'TypeError: x is not a function\n    at f (app.js:1:2)'
  expect(describeThrown(error, 'Uncaught TypeError: x is not a function')).toEqual({
    type: 'TypeError',
    message: 'x is not a function',
    stack: error.stack,
  })
})

test('what is long is cut', () => {
  const error = new Error('m'.repeat(501))
  error.name = 'N'.repeat(101)
  error.stack = 's'.repeat(2_001)
  const { type, message, stack } = describeThrown(error)
  expect([type.length, message.length, stack?.length]).toEqual([100, 500, 2_000])
})

test.for([
  ['a text', 'no', undefined, 'no'],
  ['an error that the browser hides', null, 'Script error.', 'Script error.'],
  ['nothing', undefined, undefined, 'undefined'],
  ['an object, whose fields nobody knows', { password: 'hunter2' }, undefined, 'object'],
] as const)('%s is an error, too', ([, thrown, message, said]) => {
  expect(describeThrown(thrown, message)).toEqual({ type: 'Error', message: said })
})
