import { formatDuration } from '@throughline/trace/format-duration'
import { type KeyboardEvent, type ReactElement, useMemo } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { createMatcher } from './find-text.ts'
import { findNext } from './waterfall-keys.ts'
import type { Waterfall } from './waterfall-state.ts'
import { formatCount } from '../parts/count-text.ts'

const ONLY = [
  ['', 'All'],
  ['errors', 'Errors'],
  ['critical', 'Critical path'],
] as const

/** What of the trace is shown: filters, logs, the text that is looked for, what is closed, the stretch of time. */
export function WaterfallTools({
  trace,
  waterfall,
}: {
  readonly trace: TraceView
  readonly waterfall: Waterfall
}): ReactElement {
  const { choice, expandAll, collapseAll } = waterfall
  const { filter, window, isZoomed } = choice
  return (
    <div className="tools" role="group" aria-label="What of the trace is shown">
      <span className="tools-only" role="group" aria-label="Spans">
        {ONLY.map(([value, name]) => (
          <button
            key={value}
            type="button"
            aria-pressed={filter.only === value}
            onClick={() => choice.setOnly(value)}
          >
            {name}
          </button>
        ))}
      </span>
      {trace.services.length > 1 && (
        <select
          aria-label="Service"
          value={filter.service}
          onChange={event => choice.setService(event.target.value)}
        >
          <option value="">all services</option>
          {trace.services.map(service => (
            <option key={service}>{service}</option>
          ))}
        </select>
      )}
      {trace.logs.length > 0 && (
        <label className="tools-logs">
          <input
            type="checkbox"
            checked={choice.logs}
            onChange={event => choice.setLogs(event.target.checked)}
          />
          logs ({formatCount(trace.logs.length)})
        </label>
      )}
      <Find trace={trace} waterfall={waterfall} />
      <button type="button" className="quiet" onClick={expandAll}>
        Expand all
      </button>
      <button type="button" className="quiet" onClick={collapseAll}>
        Collapse all
      </button>
      {isZoomed && (
        <button
          type="button"
          title="Show the whole trace (0)"
          onClick={() => choice.zoom(undefined)}
        >
          {formatDuration(window.toMs - window.fromMs)} of {formatDuration(trace.durationMs)} ✕
        </button>
      )}
    </div>
  )
}

function Find({
  trace,
  waterfall,
}: {
  readonly trace: TraceView
  readonly waterfall: Waterfall
}): ReactElement {
  const { rows, current, choice } = waterfall
  const { find } = choice
  const found = useMemo(() => {
    const matches = createMatcher(trace, find)
    const indexes: number[] = []
    if (find === '') return indexes
    for (let index = 0; index < rows.count; index += 1) {
      const row = rows.rowAt(index)
      if (row !== undefined && matches(row)) indexes.push(index)
    }
    return indexes
  }, [trace, find, rows])
  const go = (step: 1 | -1): void => {
    const next = findNext(trace, waterfall, step)
    if (next !== undefined) waterfall.show(next)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
    if (event.key === 'Escape') choice.setFind('')
  }
  const at = found.indexOf(current)
  return (
    <span className="tools-find">
      <input
        type="search"
        aria-label="Find in this trace"
        placeholder="find in this trace"
        value={find}
        onChange={event => choice.setFind(event.target.value)}
        onKeyDown={press}
      />
      {find !== '' && (
        <>
          <span className="muted" role="status">
            {at === -1 ? found.length : `${at + 1} of ${found.length}`}
          </span>
          <button type="button" className="quiet" aria-label="Previous" onClick={() => go(-1)}>
            ↑
          </button>
          <button type="button" className="quiet" aria-label="Next" onClick={() => go(1)}>
            ↓
          </button>
        </>
      )}
    </span>
  )
}
