import type { SpanRecord } from '@throughline/otlp'

/** The spans of a trace, each once. */
export interface DistinctSpans {
  readonly spans: readonly SpanRecord[]
  /** Spans that have the id of another one, and are not the same. */
  readonly clashing: ReadonlySet<SpanRecord>
}

/**
 * Leaves out spans that were sent more than once: a batch whose answer was lost is sent again. Spans that only share
 * their id are all kept.
 */
export function keepDistinct(given: readonly SpanRecord[]): DistinctSpans {
  const firsts = new Map<string, SpanRecord>()
  /** What all spans of an id are like; only of ids that came again, since nearly none does. */
  const likes = new Map<string, Set<string>>()
  const clashing = new Set<SpanRecord>()
  const spans = given.filter(span => {
    const first = firsts.get(span.spanId)
    if (first === undefined) {
      firsts.set(span.spanId, span)
      return true
    }
    const seen = likes.get(span.spanId) ?? new Set([describe(first)])
    likes.set(span.spanId, seen)
    const like = describe(span)
    if (seen.has(like)) return false
    seen.add(like)
    clashing.add(span)
    return true
  })
  return { spans, clashing }
}

function describe(span: SpanRecord): string {
  const { startUnixNano, endUnixNano, name, kind, service, parentSpanId, status } = span
  return [startUnixNano, endUnixNano, kind, status, parentSpanId, service, name].join('\n')
}
