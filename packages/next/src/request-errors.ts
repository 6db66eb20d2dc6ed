import { SpanStatusCode, trace, type Span, type SpanOptions } from '@opentelemetry/api'
import { errorTracker } from '@throughline/node/runtime'
import type { FailedRequest, RequestErrorContext } from './failed-request.ts'
import { dedupeErrors } from './recorded-errors.ts'
import { activeServerSpan } from './server-requests.ts'
import { isControlFlow } from './server-actions.ts'

/**
 * Records an error that Next.js reports for a request on the span in which it happened, once, and tells Sentry of it.
 * Never throws.
 */
export function recordRequestError(
  error: unknown,
  { method }: FailedRequest,
  { routePath }: RequestErrorContext,
): void {
  if (isControlFlow(error)) return
  errorTracker()?.capture(error, { method, route: routePath.replace(/\/(page|route)$/, '') || '/' })
  const span = trace.getActiveSpan() ?? activeServerSpan()
  if (span === undefined || !span.isRecording()) return
  dedupeErrors(span).recordException(error as Error)
  span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error)?.message })
}

/**
 * Makes the span of a proxy file tell Sentry of the error that it records: in Node, Next.js reports that nowhere else. Its
 * route is the file, since it runs before the route of a request is known.
 */
export function tellProxyErrors(span: Span, { attributes }: SpanOptions): Span {
  const recordException = span.recordException.bind(span)
  span.recordException = (error, time) => {
    recordException(error, time)
    errorTracker()?.capture(error, { method: String(attributes?.['http.method']), route: '/proxy' })
  }
  return span
}
