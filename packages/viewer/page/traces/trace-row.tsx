import { formatDuration } from '@throughline/trace/format-duration'
import type { CSSProperties, ReactElement } from 'react'
import type { TraceSummary } from '../../src/api/traces.ts'
import { Link } from '../location/link.tsx'
import { tracePath } from '../location/paths.ts'
import { CategorySign, categoryWord } from '../parts/category-sign.tsx'
import { Moment } from '../parts/moment.tsx'
import { ServiceName } from '../parts/service-name.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { formatCount } from '../parts/count-text.ts'

interface TraceRowProps {
  readonly trace: TraceSummary
  readonly index: number
  readonly style: CSSProperties
  /** Duration of the longest that is listed: its bar is full. */
  readonly longestMs: number
  /** Whether Tab comes to this row. */
  readonly isActive: boolean
  /** It has the focus, or is being opened. */
  readonly onChoose: () => void
}

/** One trace in a line. The link of its title covers the whole row. */
export function TraceRow({
  trace,
  index,
  style,
  longestMs,
  isActive,
  onChoose,
}: TraceRowProps): ReactElement {
  const share = longestMs === 0 ? 0 : trace.durationMs / longestMs
  return (
    <div
      role="row"
      // The head is the first row.
      aria-rowindex={index + 2}
      className={trace.firstError === undefined ? 'traces-row' : 'traces-row traces-row-failed'}
      style={style}
    >
      <span role="cell" className="traces-when">
        <Moment ms={trace.startMs} />
      </span>
      <span role="cell" className="traces-request">
        <Link
          className="traces-link"
          href={tracePath(trace.traceId)}
          tabIndex={isActive ? 0 : -1}
          data-index={index}
          onFocus={onChoose}
          onClick={onChoose}
          title={trace.title}
        >
          <CategorySign category={trace.category} />
          <span className="visually-hidden">{categoryWord(trace.category)} </span>
          <span className="traces-title">{trace.title}</span>
        </Link>
        {!trace.rooted && (
          <span className="muted traces-partial" title="The span that began it has not arrived.">
            start missing
          </span>
        )}
      </span>
      <span role="cell" className={trace.failed ? 'failed traces-status' : 'traces-status'}>
        {trace.outcome}
        {trace.failed && <span className="visually-hidden"> (failed)</span>}
      </span>
      <span role="cell" className="traces-took">
        {formatDuration(trace.durationMs)}
        <i className="traces-bar" aria-hidden="true">
          <i style={{ width: `${Math.max(1, share * 100)}%` }} />
        </i>
      </span>
      <Services services={trace.services} />
      <span role="cell" className="traces-team">
        <TeamChip team={trace.team} title={`on its way: ${trace.teams.join(' → ')}`} />
      </span>
      <FirstError trace={trace} />
      <span role="cell" className="traces-spans">
        {formatCount(trace.spans)}
      </span>
    </div>
  )
}

function Services({ services }: Pick<TraceSummary, 'services'>): ReactElement {
  const names = services.map(({ name, outside }) => (outside ? `${name} (only called)` : name))
  return (
    <span role="cell" className="traces-services" title={names.join(', ')}>
      {services.map(({ name, outside }) => (
        <ServiceName key={name} name={name} outside={outside} />
      ))}
    </span>
  )
}

function FirstError({ trace: { firstError, errors } }: Pick<TraceRowProps, 'trace'>): ReactElement {
  if (firstError === undefined) return <span role="cell" className="traces-error" />
  // `payments: 502` names the service first.
  const words = firstError.replace(': ', ' ')
  const others = errors > 1 ? ` · ${errors} spans failed` : ''
  return (
    <span role="cell" className="traces-error" title={words + others}>
      <span className="muted" aria-hidden="true">
        ←{' '}
      </span>
      <span className="failed">{words}</span>
    </span>
  )
}
