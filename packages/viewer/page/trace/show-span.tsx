import type { ReactElement, ReactNode } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { Link } from '../location/link.tsx'
import { spanAddress } from './span-address.ts'

/** Options of {@link ShowSpan}. */
export interface ShowSpanProps {
  readonly trace: TraceView
  readonly place: number
  /** Brings the row into view, also where the span is chosen already. */
  readonly onShow: (place: number) => void
  readonly children: ReactNode
}

/** A link to a span of the trace that is open. */
export function ShowSpan({ trace, place, onShow, children }: ShowSpanProps): ReactElement {
  const spanId = trace.spans[place]?.spanId
  return (
    <Link href={spanAddress(trace.traceId, spanId)} onClick={() => onShow(place)}>
      {children}
    </Link>
  )
}
