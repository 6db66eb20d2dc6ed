import { formatDuration } from '@throughline/trace/format-duration'
import type { ReactElement } from 'react'
import type { RouteRow, TraceRef } from '../../src/api/routes.ts'
import { Link } from '../location/link.tsx'
import { tracePath } from '../location/paths.ts'
import { CategorySign } from '../parts/category-sign.tsx'
import { Moment } from '../parts/moment.tsx'
import { formatRate, formatShare } from '../parts/rate.ts'
import { ServiceName } from '../parts/service-name.tsx'
import { Cell, RowHead } from '../parts/stacked-table.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { PromiseCell } from './promise-cell.tsx'
import { routeTitle, routeTraces } from './route-key.ts'
import { Sparkline } from './sparkline.tsx'
import { formatCount } from '../parts/count-text.ts'

/** One route as a row of the table. */
export function RouteLine({ row }: { readonly row: RouteRow }): ReactElement {
  const { service, audience, rate, requests, errors, lastSeenMs, slowest, failing } = row
  return (
    <tr role="row">
      <RowHead>
        <Link
          className="route-title"
          href={routeTraces(row)}
          title={`all traces of ${routeTitle(row)}`}
        >
          {row.isJob ? (
            <>
              <CategorySign category="job" /> job{' '}
            </>
          ) : (
            <>
              <span className="route-method">{row.method}</span>{' '}
            </>
          )}
          {row.route}
        </Link>
      </RowHead>
      <Cell of="service">
        <ServiceName name={service} />
      </Cell>
      <Cell of="team" className="route-team">
        <RouteTeam row={row} />
      </Cell>
      <Cell of="audience" className="routes-second">
        {audience}
      </Cell>
      <Cell of="rate" className="number">
        <span title={`${formatCount(requests)} requests`}>{formatRate(rate)}</span>
      </Cell>
      <Cell of="trend" className="routes-third">
        <Sparkline history={row.history} />
      </Cell>
      <Cell of="errors" className={errors > 0 ? 'number failed' : 'number muted'}>
        {errors === 0 ? 'none' : `${formatCount(errors)} (${formatShare(errors, requests)})`}
      </Cell>
      <Cell of="p50" className="number routes-third">
        {formatDuration(row.p50Ms)}
      </Cell>
      <Cell of="p95" className="number">
        {formatDuration(row.p95Ms)}
      </Cell>
      <Cell of="p99" className="number routes-third">
        {formatDuration(row.p99Ms)}
      </Cell>
      <Cell of="promise">
        <PromiseCell row={row} />
      </Cell>
      <Cell of="last seen" className="routes-second route-seen">
        <Moment ms={lastSeenMs} />
      </Cell>
      <Cell of="traces" className="route-traces">
        {slowest !== undefined && <TraceLink reference={slowest} word="slowest" row={row} />}
        {failing !== undefined && <TraceLink reference={failing} word="failing" row={row} />}
      </Cell>
    </tr>
  )
}

function RouteTeam({
  row: { team, unowned, decidedBy },
}: {
  readonly row: RouteRow
}): ReactElement {
  if (unowned === 'by-design')
    return (
      <span className="team team-none" title={`unowned by design, says ${decidedBy}`}>
        by design
      </span>
    )
  return (
    <>
      <TeamChip
        team={team}
        {...(decidedBy === undefined ? {} : { title: `decided by ${decidedBy}` })}
      />
      {team !== undefined && unowned === 'unlisted' && (
        <span className="muted" title="no line of the catalog lists this route">
          {' '}
          for now
        </span>
      )}
    </>
  )
}

function TraceLink({
  reference: { traceId, spanId, durationMs },
  word,
  row,
}: {
  readonly reference: TraceRef
  readonly word: 'slowest' | 'failing'
  readonly row: RouteRow
}): ReactElement {
  const took = formatDuration(durationMs)
  return (
    <Link
      href={tracePath(traceId, spanId)}
      title={`${word} trace of ${routeTitle(row)}, ${took}`}
      className={word === 'failing' ? 'failed' : undefined}
    >
      {word}
      <span className="visually-hidden"> trace of {routeTitle(row)}</span>
    </Link>
  )
}
