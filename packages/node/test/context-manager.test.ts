import { EventEmitter, once } from 'node:events'
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { createContextManager } from '../src/context-manager.ts'

const key = createContextKey('test')
const make = (name: string): typeof ROOT_CONTEXT => ROOT_CONTEXT.setValue(key, name)

test('a context holds across awaits and ends with its function', async () => {
  const manager = createContextManager()
  const inside = await manager.with(make('a'), async () => {
    await new Promise(resolve => setImmediate(resolve))
    return manager.active().getValue(key)
  })
  expect(inside).toBe('a')
  expect(manager.active()).toBe(ROOT_CONTEXT)
})

test('`with` passes this and arguments, and gives what the function returns', () => {
  const manager = createContextManager()
  const receiver = { base: 2 }
  function add(this: typeof receiver, value: number): number {
    return this.base + value
  }
  expect(manager.with(make('a'), add, receiver, 3)).toBe(5)
})

test('a bound function runs in its context, keeps its length and its receiver', () => {
  const manager = createContextManager()
  const bound = manager.bind(make('bound'), function (this: unknown, _one: number, _two: number) {
    return [manager.active().getValue(key), this]
  })
  const receiver = {}
  expect(bound.length).toBe(2)
  expect(manager.with(make('other'), () => bound.call(receiver, 1, 2))).toEqual(['bound', receiver])
})

test('listeners of a bound emitter run in its context, whoever emits, and stay the functions that were given', async () => {
  const manager = createContextManager()
  const emitter = manager.bind(make('bound'), new EventEmitter())
  const seen: unknown[] = []
  const listener = (): void => void seen.push(manager.active().getValue(key))
  emitter.on('event', listener)
  emitter.once('event', listener)
  expect(emitter.listeners('event')).toEqual([listener, listener])

  manager.with(make('other'), () => emitter.emit('event'))
  emitter.off('event', listener)
  expect(emitter.emit('event')).toBe(false)
  expect(seen).toEqual(['bound', 'bound'])

  setImmediate(() => emitter.emit('later', 7))
  expect(await once(emitter, 'later')).toEqual([7])
})

test('the first context that an emitter is bound to stays', () => {
  const manager = createContextManager()
  const emitter = manager.bind(make('second'), manager.bind(make('first'), new EventEmitter()))
  let seen: unknown
  emitter.on('event', () => (seen = manager.active().getValue(key)))
  emitter.emit('event')
  expect(seen).toBe('first')
})
