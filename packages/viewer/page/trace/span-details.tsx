import { type ReactElement, useEffect, useLayoutEffect, useRef } from 'react'
import type { SpanDetail, TraceView } from '../../src/api/trace.ts'
import { useResource } from '../data/use-resource.ts'
import { Failure } from '../parts/failure.tsx'
import { SpanFacts } from './span-facts.tsx'
import { SpanRest } from './span-rest.tsx'
import './span-details.css'
import { useSheet } from './use-sheet.ts'

/** Options of {@link SpanDetails}. */
interface SpanDetailsProps {
  readonly trace: TraceView
  readonly spanId: string
  readonly onClose: () => void
}

/** All of one span: beside the waterfall, or over the whole of a narrow screen. */
export function SpanDetails(props: SpanDetailsProps): ReactElement {
  const isSheet = useSheet()
  return isSheet ? (
    <Sheet onClose={props.onClose}>
      <Content {...props} />
    </Sheet>
  ) : (
    <aside className="details" aria-label="Details of the span">
      <Content {...props} />
    </aside>
  )
}

function Sheet({
  onClose,
  children,
}: {
  readonly onClose: () => void
  readonly children: ReactElement
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Closed before it is taken away, the dialog gives the focus back.
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="details details-sheet"
      aria-label="Details of the span"
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      {children}
    </dialog>
  )
}

function Content({ trace, spanId, onClose }: SpanDetailsProps): ReactElement {
  const place = trace.spans.findIndex(span => span.spanId === spanId)
  const resource = useResource<SpanDetail>(`/api/traces/${trace.traceId}/spans/${spanId}`)
  // The answer for the span before stays until the new one is there.
  const detail = resource.data?.spanId === spanId ? resource.data : undefined
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' })
  }, [spanId])
  const span = trace.spans[place]
  return (
    <div className="details-content" aria-busy={detail === undefined}>
      <div ref={top} className="details-close">
        <button type="button" className="quiet" onClick={onClose} title="Close (Escape)">
          Close
        </button>
      </div>
      {span === undefined ? (
        <p>
          Span <code>{spanId}</code> is not in this trace, or has not arrived yet.
        </p>
      ) : (
        <SpanFacts trace={trace} place={place} span={span} detail={detail} />
      )}
      {resource.error !== undefined && span !== undefined && (
        <Failure error={resource.error} onRetry={resource.reload} />
      )}
      {detail !== undefined && <SpanRest trace={trace} place={place} detail={detail} />}
      {detail === undefined && resource.isSlow && (
        <p className="muted" role="status">
          Loading…
        </p>
      )}
    </div>
  )
}
