import { useState } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { fetchJson } from '../data/fetch-json.ts'
import { useArrivals } from './use-arrivals.ts'

/** An older trace has all its spans; what comes late is seen when the page is opened again. */
const YOUNG_MS = 120_000

/** A later state of a trace with more in it than is shown; asked for only while the trace is young and spans come in. */
export function useGrowth(path: string, shown: TraceView | undefined): TraceView | undefined {
  const [later, setLater] = useState<TraceView>()
  useArrivals(() => {
    if (shown === undefined) return
    if (Date.now() - shown.startUnixMs - shown.durationMs > YOUNG_MS) return
    // Nobody waits for it: without an answer, what is shown stays.
    fetchJson<TraceView>(path).then(setLater, () => undefined)
  })
  const hasGrown = later !== undefined && shown !== undefined && sizeOf(later) > sizeOf(shown)
  return hasGrown ? later : undefined
}

const sizeOf = ({ spans, logs }: TraceView): number => spans.length + logs.length
