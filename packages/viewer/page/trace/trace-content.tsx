import { type ReactElement, useRef } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { GapsPanel } from './gaps-panel.tsx'
import { Legend } from './legend.tsx'
import { SpanDetails } from './span-details.tsx'
import { TraceHead } from './trace-head.tsx'
import { WaterfallGrid } from './waterfall-grid.tsx'
import { useWaterfall } from './waterfall-state.ts'
import { WaterfallTools } from './waterfall-tools.tsx'
import { WhatWentWrong } from './what-went-wrong.tsx'

/** A trace that is here: its head, what went wrong, what is missing, the waterfall, and the span that is chosen. */
export function TraceContent({
  trace,
  spanId,
  onShowGrown,
}: {
  readonly trace: TraceView
  readonly spanId: string | undefined
  /** Shows the trace with what came later; absent where nothing did. */
  readonly onShowGrown: (() => void) | undefined
}): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const waterfall = useWaterfall(trace, spanId)
  const { rows, choice, reveal, close } = waterfall
  return (
    <div className="trace">
      <div ref={scroller} className="trace-scroller">
        <div className="trace-flow">
          <TraceHead trace={trace} />
          <div role="status">
            {onShowGrown !== undefined && (
              <p className="trace-grown">
                This trace has grown.{' '}
                <button type="button" onClick={onShowGrown}>
                  Show
                </button>
              </p>
            )}
          </div>
          {trace.failure !== undefined && (
            <WhatWentWrong failure={trace.failure} trace={trace} onShow={reveal} />
          )}
          <GapsPanel trace={trace} onShow={reveal} />
          <h2 className="visually-hidden">Waterfall</h2>
          <div className="trace-tools">
            <WaterfallTools trace={trace} waterfall={waterfall} />
            <Legend />
          </div>
          {rows.count === 0 && (
            <p className="trace-empty">
              No span of this trace is like that.{' '}
              <button
                type="button"
                onClick={() => {
                  choice.setOnly('')
                  choice.setService('')
                }}
              >
                Show all
              </button>
            </p>
          )}
          <WaterfallGrid trace={trace} waterfall={waterfall} scroller={scroller} />
        </div>
      </div>
      {spanId !== undefined && (
        // Of a trace that has grown, its details are asked for anew.
        <SpanDetails key={trace.spans.length} trace={trace} spanId={spanId} onClose={close} />
      )}
    </div>
  )
}
