import type { FailedRequest, RequestErrorContext } from './failed-request.ts'
import { loadRuntime } from './load-runtime.ts'

export type { FailedRequest, RequestErrorContext } from './failed-request.ts'

export {
  recordAuthFailure,
  recordRateLimited,
  recordReplayBlocked,
  setActor,
  type Actor,
  type AuthFailureReason,
} from '@throughline/node/signals'

/**
 * Starts tracing, metrics and owners for this application: export it from `instrumentation.ts`.
 *
 * Does nothing in the edge runtime, and nothing when the process was started with the preload. Never throws, since
 * Next.js would answer 500 to every request then: when something else traces the process already, or the package cannot
 * be found from the working directory, that is said on stderr and the application runs untraced.
 *
 * @example
 * // instrumentation.ts
 * export { register, onRequestError } from '@throughline/next'
 */
export function register(): void {
  loadRuntime(why => process.stderr.write(`throughline: ${why}\n`))?.startRegistered()
}

/**
 * Records an error of a page, route handler, server action or proxy on its span, and tells Sentry of it where there is one:
 * export it from `instrumentation.ts`. Never throws.
 */
export function onRequestError(
  error: unknown,
  request: FailedRequest,
  context: RequestErrorContext,
): void {
  loadRuntime()?.recordRequestError(error, request, context)
}
