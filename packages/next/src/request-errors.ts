import { SpanStatusCode, trace } from '@opentelemetry/api'
import { dedupeErrors } from './recorded-errors.ts'
import { activeServerSpan } from './server-requests.ts'
import { isControlFlow } from './server-actions.ts'

/** Records an error that Next.js reports for a request on the span in which it happened, once. Never throws. */
export function recordRequestError(error: unknown): void {
  if (isControlFlow(error)) return
  const span = trace.getActiveSpan() ?? activeServerSpan()
  if (span === undefined || !span.isRecording()) return
  dedupeErrors(span).recordException(error as Error)
  span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error)?.message })
}
