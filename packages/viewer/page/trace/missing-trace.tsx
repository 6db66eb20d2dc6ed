import type { ReactElement } from 'react'
import { useLive } from '../data/live.ts'
import { useMeta } from '../data/meta.ts'
import { Link } from '../location/link.tsx'
import { tracesPath } from '../location/paths.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { useArrivals } from './use-arrivals.ts'
import { formatCount } from '../parts/count-text.ts'

/** For a trace that is not here: why that may be, and what to do. It looks again when spans come in. */
export function MissingTrace({
  traceId,
  onRetry,
}: {
  readonly traceId: string
  readonly onRetry: () => void
}): ReactElement {
  const meta = useMeta()
  const { stored } = useLive()
  useArrivals(onRetry)
  const evicted = stored?.evictedSpans ?? 0
  return (
    <>
      <h1 className="visually-hidden">Trace {traceId}</h1>
      <EmptyState
        title="This trace is not here"
        {...(meta !== undefined && {
          command: `OTEL_EXPORTER_OTLP_ENDPOINT=${meta.endpoint}`,
        })}
      >
        <p>
          No span of <code className="trace-id">{traceId}</code> is in the viewer. There are three
          reasons that this may have:
        </p>
        <ul>
          <li>It has not arrived yet. Spans are sent some seconds after they end.</li>
          <li>
            It was removed to make room
            {evicted > 0
              ? `: ${formatCount(evicted)} older spans have been.`
              : ', though none has been since the viewer started.'}
          </li>
          <li>It was sent elsewhere, or not at all. To send spans here, set the variable below.</li>
        </ul>
        <p className="trace-missing-actions">
          <button type="button" onClick={onRetry}>
            Look again
          </button>
          <Link href={tracesPath()}>See the newest traces</Link>
        </p>
      </EmptyState>
    </>
  )
}
