import { diag } from '@opentelemetry/api'
import { ATTR_ERROR_TYPE, ERROR_TYPE_VALUE_OTHER } from '@throughline/conventions'
import type { Patch, PgPatches } from './pg-patches.ts'

/** Tells how a query has ended: by an error, or by a result. */
type Done = (this: unknown, error: unknown, result?: unknown) => void

/**
 * Gives each failed query that is measured its `error.type`: the code of its error, else `_OTHER`.
 *
 * The instrumentation gives it to queries with a callback, and where their error has a code. A query that is awaited
 * is shown to it as one with a callback; pg is still asked as the application asked, and makes its own promise.
 */
export function tellFailures(patches: PgPatches): void {
  let failed = false
  const record = patches.recordOperationDuration.bind(patches)
  patches.recordOperationDuration = (attributes, startTime) => {
    if (failed) attributes[ATTR_ERROR_TYPE] ??= ERROR_TYPE_VALUE_OTHER
    record(attributes, startTime)
  }
  const noticing = (done: Done): Done =>
    function (error, result) {
      failed = Boolean(error)
      try {
        Reflect.apply(done, this, [error, result])
      } finally {
        failed = false
      }
    }
  const patch = patches._getClientQueryPatch.bind(patches)
  patches._getClientQueryPatch = () => showByCallback(patch(), noticing)
}

/** A `patch` of `query` that sees a callback wherever the application has none; it gets all callbacks through `wrap`. */
function showByCallback(patch: Patch, wrap: (done: Done) => Done): Patch {
  return original => {
    // What goes round the patch, from the outer function to the inner and back, within one call.
    let asked: readonly unknown[] | undefined
    let promised: unknown
    const patched = patch(function query(...args) {
      const done = args.at(-1)
      if (typeof done !== 'function') return Reflect.apply(original, this, args)
      if (asked === undefined) {
        return Reflect.apply(original, this, [...args.slice(0, -1), wrap(done as Done)])
      }
      const own = asked
      asked = undefined
      const result: unknown = Reflect.apply(original, this, own)
      promised = done === unseen ? result : follow(result, wrap(done as Done))
      return undefined
    })
    return function query(...args) {
      if (!isAwaited(args)) return Reflect.apply(patched, this, args)
      asked = args
      try {
        Reflect.apply(patched, this, [args[0], args[1], unseen])
        return promised
      } finally {
        asked = undefined
        promised = undefined
      }
    }
  }
}

/** Stands for the callback of a query that has none; the patch leaves it as it is when it does not trace. */
const unseen = (): void => undefined

/** Whether pg answers these arguments with a promise. */
function isAwaited([query, values, callback]: readonly unknown[]): boolean {
  if (callback || typeof values === 'function') return false
  if (typeof query === 'string') return true
  if (typeof query !== 'object' || query === null) return false
  const { submit, callback: own } = query as { submit?: unknown; callback?: unknown }
  return typeof submit !== 'function' && !own
}

/** The promise of a query once `done` knows how it has ended; a throw of that is dropped, as the query is not ours. */
function follow(answer: unknown, done: Done): unknown {
  const promise = answer as Promise<unknown> | undefined
  // Who else patches pg may answer otherwise.
  if (typeof promise?.then !== 'function') return answer
  const tell = (error: unknown, result?: unknown): void => {
    try {
      done(error, result)
    } catch (thrown) {
      diag.error('a query of pg is not measured', thrown)
    }
  }
  return promise.then(
    value => {
      tell(undefined, value)
      return value
    },
    (error: unknown) => {
      tell(error)
      throw error
    },
  )
}
