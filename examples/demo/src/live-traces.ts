import type { TraceLog, TraceTree } from '@throughline/testing'

const QUIET_MS = 1_000

/** Calls `print` for each trace that arrives, once nothing has arrived for a second, and forgets it; returns what ends it. */
export function watchTraces(received: TraceLog, print: (trace: TraceTree) => void): () => void {
  received.clear()
  let seen = 0
  const timer = setInterval(() => {
    const { length } = received.spans
    if (length > 0 && length === seen) {
      for (const trace of received.traces()) print(trace)
      received.clear()
    }
    seen = received.spans.length
  }, QUIET_MS)
  return () => clearInterval(timer)
}
