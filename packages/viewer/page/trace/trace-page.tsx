import { type ReactElement, useDeferredValue, useState } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { useResource } from '../data/use-resource.ts'
import { Loading } from '../parts/empty-state.tsx'
import { Failure } from '../parts/failure.tsx'
import { useTitle } from '../parts/use-title.ts'
import { MissingTrace } from './missing-trace.tsx'
import { TraceContent } from './trace-content.tsx'
import './trace-page.css'
import { useGrowth } from './use-growth.ts'

/** The page of one trace. */
export function TracePage({
  traceId,
  spanId,
}: {
  readonly traceId: string
  readonly spanId: string | undefined
}): ReactElement | null {
  const path = `/api/traces/${traceId}`
  const { data, error, isSlow, reload } = useResource<TraceView>(path)
  const [grown, setGrown] = useState<TraceView>()
  // Drawn bit by bit where it is long, so that the page answers meanwhile.
  const trace = useDeferredValue(grown ?? data)
  const later = useGrowth(path, trace)
  useTitle(trace?.title)
  if (trace !== undefined)
    return (
      <TraceContent
        trace={trace}
        spanId={spanId}
        onShowGrown={later === undefined ? undefined : () => setGrown(later)}
      />
    )
  if (error?.status === 404) return <MissingTrace traceId={traceId} onRetry={reload} />
  if (error !== undefined) return <Failure error={error} onRetry={reload} />
  return isSlow ? <Loading /> : null
}
