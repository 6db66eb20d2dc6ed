import type { Span } from '@opentelemetry/api'

const deduped: unique symbol = Symbol('throughline.deduped')

/** Makes `span` record an error once, however often it is told: Next.js reports one error in more than one place. */
export function dedupeErrors(span: Span & { [deduped]?: true }): Span {
  if (span[deduped] === true) return span
  span[deduped] = true
  const record = span.recordException
  const seen = new WeakSet<object>()
  span.recordException = (error, time) => {
    if (typeof error === 'object' && error !== null) {
      if (seen.has(error)) return
      seen.add(error)
    }
    record.call(span, error, time)
  }
  return span
}
