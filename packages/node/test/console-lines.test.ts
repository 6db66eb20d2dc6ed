import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { trace } from '@opentelemetry/api'
import { context } from '@opentelemetry/api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createContextManager } from '../src/context-manager.ts'
import { writeConsoleAsJson, type ConsoleLevel } from '../src/logs/console-lines.ts'

const before = globalThis.console
let out: string
let err: string
let told: [ConsoleLevel, string][]
let undo: () => void

beforeEach(() => {
  ;[out, err, told] = ['', '', []]
  const collect = (add: (text: string) => void): Writable =>
    new Writable({
      write(chunk, _encoding, done) {
        add(String(chunk))
        done()
      },
    })
  globalThis.console = new Console(
    collect(text => (out += text)),
    collect(text => (err += text)),
  )
  context.setGlobalContextManager(createContextManager())
  undo = writeConsoleAsJson({
    service: 'web',
    redact: text => text.replaceAll('hunter2', '[redacted]'),
    onMessage: (level, message) => void told.push([level, message]),
  })
})
afterEach(() => {
  undo()
  context.disable()
  globalThis.console = before
})

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>)

test('each call is one line of JSON on the stream that it went to before', () => {
  console.log('a %s of\n%o', 'list', [1])
  console.info('told')
  console.debug('detail')
  console.warn('careful')
  console.error(new Error('broken'))
  expect(linesOf(out)).toMatchObject([
    { level: 'info', msg: expect.stringMatching(/^a list of\n\[ 1, \[length\]: 1 \]$/) as string },
    { level: 'info', msg: 'told' },
    { level: 'debug', msg: 'detail' },
  ])
  expect(linesOf(err)).toMatchObject([
    { level: 'warn', msg: 'careful', service: 'web' },
    { level: 'error', msg: expect.stringMatching(/^Error: broken\n +at /) as string },
  ])
  expect(Object.keys(linesOf(out)[1] ?? {})).toEqual(['time', 'level', 'msg', 'service'])
  expect(told.map(([level]) => level)).toEqual(['info', 'info', 'debug', 'warn', 'error'])
})

test('a line has the ids of the active span', () => {
  const span = trace.wrapSpanContext({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
  })
  context.with(trace.setSpan(context.active(), span), () => console.log('inside'))
  console.log('outside')
  expect(linesOf(out)).toMatchObject([
    { msg: 'inside', trace_id: '0af7651916cd43dd8448eb211c80319c', span_id: 'b7ad6b7169203331' },
    { msg: 'outside' },
  ])
  expect(linesOf(out)[1]).not.toHaveProperty('trace_id')
})

test('secrets and colours are not written', () => {
  console.log('password \u001b[31mhunter2\u001b[0m')
  expect(linesOf(out)).toMatchObject([{ msg: 'password [redacted]' }])
  expect(told).toEqual([['info', 'password [redacted]']])
})

test('a message of 16,384 characters is whole, and of a longer one it is said how much is missing', () => {
  console.log('a'.repeat(16_384))
  console.log('b'.repeat(16_390))
  expect(linesOf(out).map(({ msg }) => msg)).toEqual([
    'a'.repeat(16_384),
    `${'b'.repeat(16_384)}… (6 more characters)`,
  ])
})

test('an object that cannot be printed does not throw', () => {
  const bad = {
    [Symbol.for('nodejs.util.inspect.custom')]() {
      throw new Error('no')
    },
  }
  console.log(bad)
  expect(linesOf(out)).toMatchObject([{ msg: '(cannot be printed: no)' }])
})

test('what is said by who helps to write a line is written as it is, and ends', () => {
  undo()
  undo = writeConsoleAsJson({
    service: 'web',
    redact(text) {
      console.log('redacting')
      return text
    },
    onMessage: () => console.log('sending'),
  })
  console.log('hello')
  const [first, second, third, ...rest] = out.split('\n')
  expect([first, third, ...rest]).toEqual(['redacting', 'sending', ''])
  expect(JSON.parse(second ?? '')).toMatchObject({ msg: 'hello' })
})

test('a redactor that throws costs its line only', () => {
  undo()
  undo = writeConsoleAsJson({
    service: 'web',
    redact() {
      throw new Error('broken rule')
    },
    onMessage: () => undefined,
  })
  console.log('lost')
  undo()
  console.log('plain')
  expect(out).toBe('plain\n')
})

test('undone, console is as it was, also for who wrapped it in between', () => {
  const ours = console.log
  console.log = (...args: unknown[]) => ours('wrapped', ...args)
  undo()
  console.log('a')
  console.warn('b')
  expect(out).toBe('wrapped a\n')
  expect(err).toBe('b\n')
})
