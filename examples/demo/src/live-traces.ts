import { type Collector, type TraceTree } from '@throughline/testing'

const QUIET_MS = 1_000

/** Calls `print` for each trace that arrives, once nothing has arrived for a second, and forgets it; returns what ends it. */
export function watchTraces(collector: Collector, print: (trace: TraceTree) => void): () => void {
  collector.clear()
  let seen = 0
  const timer = setInterval(() => {
    const { length } = collector.spans
    if (length > 0 && length === seen) {
      for (const trace of collector.traces()) print(trace)
      collector.clear()
    }
    seen = collector.spans.length
  }, QUIET_MS)
  return () => clearInterval(timer)
}
