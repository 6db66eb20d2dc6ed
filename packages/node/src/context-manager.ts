import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api'

const bound = Symbol('throughline.bound')

type BoundEmitter = EventEmitter & { [bound]?: true }
type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

/**
 * Keeps the active context in one AsyncLocalStorage.
 *
 * Differs from OpenTelemetry's manager in how an emitter is bound: there each `on`, `once` and `off` of the
 * emitter is replaced and each listener wrapped, which is a quarter of what tracing adds to a bare request.
 * Here only the emitter's own `emit` runs in the bound context, so listeners stay the functions that were given.
 */
export function createContextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>()
  const active = (): Context => storage.getStore() ?? ROOT_CONTEXT

  const bindEmitter = (context: Context, emitter: BoundEmitter): void => {
    if (emitter[bound] === true) return
    emitter[bound] = true
    const emit = Reflect.get(emitter, 'emit') as AnyFunction
    emitter.emit = function boundEmit(this: EventEmitter, ...args: unknown[]): boolean {
      if (storage.getStore() === context) return Reflect.apply(emit, this, args) as boolean
      return storage.run(
        context,
        Reflect.apply<unknown, unknown[], unknown>,
        emit,
        this,
        args,
      ) as boolean
    }
  }

  const bindFunction = (context: Context, target: AnyFunction): AnyFunction => {
    const run: AnyFunction = function boundFunction(...args) {
      return storage.run(context, Reflect.apply<unknown, unknown[], unknown>, target, this, args)
    }
    Object.defineProperty(run, 'length', { value: target.length, configurable: true })
    return run
  }

  const manager: ContextManager = {
    active,
    with: (context, fn, thisArg, ...args) =>
      storage.run(context, thisArg == null ? fn : fn.bind(thisArg), ...args),
    bind: (context, target) => {
      if (target instanceof EventEmitter) bindEmitter(context, target)
      else if (typeof target === 'function') {
        return bindFunction(context, target as unknown as AnyFunction) as unknown as typeof target
      }
      return target
    },
    enable: () => manager,
    disable: () => {
      storage.disable()
      return manager
    },
  }
  return manager
}
