import { SpanStatusCode, type Span } from '@opentelemetry/api'

const deduped: unique symbol = Symbol('throughline.deduped')

/**
 * Makes `span` record an error once, and keep the message of the first one.
 *
 * Next.js reports one error in more than one place, and in production also a second one in its stead, with the same
 * `digest` and a message that says nothing.
 */
export function dedupeErrors(span: Span & { [deduped]?: true }): Span {
  if (span[deduped] === true) return span
  span[deduped] = true
  const recordException = span.recordException.bind(span)
  const setStatus = span.setStatus.bind(span)
  const seen = new Set<unknown>()
  let failed = false
  span.recordException = (error, time) => {
    const { digest = error } = error as { digest?: unknown }
    if (seen.has(error) || seen.has(digest)) return
    seen.add(error).add(digest)
    recordException(error, time)
  }
  span.setStatus = status => {
    if (failed) return span
    failed = status.code === SpanStatusCode.ERROR
    return setStatus(status)
  }
  return span
}
