import type { ReactElement } from 'react'

/** What the marks of the waterfall mean. */
export function Legend(): ReactElement {
  return (
    <ul className="legend muted" aria-label="What the marks mean">
      <li>
        <i className="legend-own" aria-hidden="true" /> own time
      </li>
      <li>
        <i className="legend-waiting" aria-hidden="true" /> waits for what is below
      </li>
      <li>
        <i className="legend-critical" aria-hidden="true" /> critical path: the trace waits for it
      </li>
      <li>
        <span className="failed" aria-hidden="true">
          ✕
        </span>{' '}
        failed
      </li>
      <li>
        <span aria-hidden="true">┄</span> something is missing
      </li>
    </ul>
  )
}
