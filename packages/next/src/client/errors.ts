import { MAX_MESSAGE, MAX_NAME, MAX_STACK } from './report.ts'

/** What an error says of itself. */
export interface Thrown {
  readonly type: string
  readonly message: string
  readonly stack?: string
}

/** Most errors that are told of one page. */
const MAX_ERRORS = 10

/** Tells of the errors that nothing in the page handled: each once, and so many at most. */
export function watchErrors(tell: (error: Thrown) => void): void {
  const seen = new Set<string>()
  const see = (thrown: unknown, message?: string): void => {
    try {
      const error = describeThrown(thrown, message)
      const key = error.type + error.message
      if (seen.has(key) || seen.size >= MAX_ERRORS) return
      seen.add(key)
      tell(error)
    } catch {
      // What was thrown only looks like an error.
    }
  }
  addEventListener('error', ({ error, message }) => see(error, message))
  addEventListener('unhandledrejection', ({ reason }) => see(reason))
}

/** Describes what was thrown, which may be anything; `message` is for where a browser hides it. */
export function describeThrown(thrown: unknown, message?: string): Thrown {
  const error = thrown instanceof Error ? thrown : undefined
  const stack = error?.stack?.slice(0, MAX_STACK)
  const said = typeof thrown === 'string' ? thrown : (message ?? typeof thrown)
  return {
    type: (error?.name ?? 'Error').slice(0, MAX_NAME),
    message: (error?.message ?? said).slice(0, MAX_MESSAGE),
    ...(stack && { stack }),
  }
}
