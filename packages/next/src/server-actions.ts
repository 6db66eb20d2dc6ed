import type { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { diag, SpanStatusCode, trace, type Span } from '@opentelemetry/api'
import {
  ATTR_THROUGHLINE_NEXT_KIND,
  ATTR_THROUGHLINE_SERVER_ACTION_NAME,
} from '@throughline/conventions'
import { errorTracker } from '@throughline/node/runtime'
import type { ActionNames } from './action-names.ts'
import { dedupeErrors } from './recorded-errors.ts'

/** The parts of Next.js's store of a request that are used. */
interface RequestStore {
  readonly type?: string
  readonly phase?: string
  readonly headers?: { get(name: string): string | null }
}

type Run = AsyncLocalStorage<RequestStore>['run']

const STORAGES = 'next/dist/server/app-render'

/**
 * Gives each server action a span, with what it does below it.
 *
 * Next.js makes none. An action is what it runs first in its storage of a page's request while that is in the phase
 * `action`, in versions 15 and 16 alike; that call is observed. Must not be called before Next.js serves, since the
 * storage would be made too early and be a dummy.
 */
export function traceServerActions(folder: string, names: ActionNames): void {
  try {
    const require = createRequire(join(folder, 'package.json'))
    const { workUnitAsyncStorage: storage } = require(
      `${STORAGES}/work-unit-async-storage.external.js`,
    ) as {
      workUnitAsyncStorage: { run: Run }
    }
    const { workAsyncStorage: works } = require(`${STORAGES}/work-async-storage.external.js`) as {
      workAsyncStorage: AsyncLocalStorage<{ page?: string }>
    }
    const run = storage.run
    const acted = new WeakSet<RequestStore>()
    const tracer = trace.getTracer('@throughline/next')
    // All calls come through here, so it adds one frame to an application's stacks and no more.
    storage.run = function runTraced(store: RequestStore, ...rest: unknown[]) {
      const page =
        store?.phase === 'action' && !acted.has(store) ? works.getStore()?.page : undefined
      // Route handlers and the proxy are in that phase throughout.
      if (page?.endsWith('/page') !== true) return Reflect.apply(run, storage, [store, ...rest])
      acted.add(store)
      const name = names.find(store.headers?.get('next-action') ?? undefined, page)
      return tracer.startActiveSpan(`action ${name ?? '(unnamed)'}`, describe(name), span =>
        followWork(dedupeErrors(span), () => Reflect.apply(run, storage, [store, ...rest])),
      )
    } as Run
  } catch (error) {
    diag.warn(
      'server actions are not traced: this version of Next.js runs them in another way',
      error,
    )
  }
}

const describe = (name: string | undefined): { attributes: Record<string, string> } => ({
  attributes: {
    [ATTR_THROUGHLINE_NEXT_KIND]: 'action',
    ...(name === undefined ? {} : { [ATTR_THROUGHLINE_SERVER_ACTION_NAME]: name }),
  },
})

/** Runs the work of a span and ends it when the work has ended, with its error if it failed. */
function followWork(span: Span, work: () => unknown): unknown {
  const fail = (error: unknown): never => {
    if (!isControlFlow(error)) {
      errorTracker()?.capture(error)
      span.recordException(error as Error)
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error)?.message })
    }
    span.end()
    throw error
  }
  let result: unknown
  try {
    result = work()
  } catch (error) {
    return fail(error)
  }
  if (!(result instanceof Promise)) {
    span.end()
    return result
  }
  return result.then(value => {
    span.end()
    return value
  }, fail)
}

/** Whether an error is how Next.js redirects or answers 404: it throws for that, and nothing has failed. */
export function isControlFlow(error: unknown): boolean {
  const { digest } = (error ?? {}) as { digest?: unknown }
  return (
    typeof digest === 'string' &&
    /^(NEXT_|BAILOUT|DYNAMIC_SERVER_USAGE|HANGING_PROMISE)/.test(digest)
  )
}
