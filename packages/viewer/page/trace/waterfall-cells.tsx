import type { ReactElement } from 'react'
import { CategorySign, categoryWord } from '../parts/category-sign.tsx'
import { Moment } from '../parts/moment.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { FoundText } from './found-text.tsx'
import type { RowSurroundings } from './row-surroundings.ts'
import { severityWord, weightOfSeverity } from './severity.ts'
import { SpanBar } from './span-bar.tsx'
import { shareOf } from './time-scale.ts'

/** Options of the cells of a row. */
interface CellsProps {
  readonly place: number
  readonly indent: number
  readonly isExpanded: boolean | undefined
  readonly surroundings: RowSurroundings
}

const INDENT_PX = 12

export function SpanCells({
  place,
  indent,
  isExpanded,
  surroundings,
}: CellsProps): ReactElement | null {
  const { trace, find, hues, window } = surroundings
  const span = trace.spans[place]
  if (span === undefined) return null
  const { title, service, category, failed, failure, team } = span
  const hue = `hue-${hues.get(service) ?? 0}`
  return (
    <>
      <div role="gridcell" className="waterfall-what" style={{ paddingLeft: indent * INDENT_PX }}>
        <span
          className="waterfall-toggle"
          data-toggle={isExpanded !== undefined}
          aria-hidden="true"
        >
          {isExpanded === undefined ? '' : isExpanded ? '▾' : '▸'}
        </span>
        <CategorySign category={category} />
        <span className="visually-hidden">{categoryWord(category)} </span>
        <span
          className="waterfall-words"
          title={failure === undefined ? title : `${title}: ${failure}`}
        >
          <FoundText text={title} find={find} />
          {failed && (
            <span className="failed">
              {' ✕ '}
              {failure === undefined ? 'failed' : <FoundText text={failure} find={find} />}
            </span>
          )}
        </span>
        <span className="waterfall-service" title={service}>
          <i className={`service-mark ${hue}`} aria-hidden="true" />
          <FoundText text={service} find={find} />
        </span>
      </div>
      <div role="gridcell" className="waterfall-team">
        {team !== undefined && <TeamChip team={team} title={team} />}
      </div>
      <div role="gridcell" className={`waterfall-when ${hue}`}>
        <div className="waterfall-track">
          <SpanBar spans={trace.spans} place={place} window={window} />
        </div>
      </div>
    </>
  )
}

export function GapCells({ place, indent, surroundings }: CellsProps): ReactElement | null {
  const gap = surroundings.trace.gaps[place]
  if (gap === undefined) return null
  const mend = gap.mend === undefined ? '' : ` To mend it: ${gap.mend}`
  return (
    <div
      role="gridcell"
      aria-colspan={3}
      className="waterfall-line"
      style={{ paddingLeft: indent * INDENT_PX + 16 }}
    >
      <span className={`waterfall-gap-sign waterfall-gap-${gap.weight}`}>
        <span aria-hidden="true">┄ </span>
        {gap.weight}
      </span>
      <span className="waterfall-words" title={gap.sentence + mend}>
        <FoundText text={gap.sentence} find={surroundings.find} />
        <span className="muted">{mend}</span>
      </span>
    </div>
  )
}

export function LogCells({ place, indent, surroundings }: CellsProps): ReactElement | null {
  const { trace, find, hues, window } = surroundings
  const log = trace.logs[place]
  if (log === undefined) return null
  const { timeUnixMs, severityNumber, severityText, body, service, atMs } = log
  const share = shareOf(window, atMs)
  return (
    <>
      <div
        role="gridcell"
        aria-colspan={2}
        className="waterfall-line"
        style={{ paddingLeft: indent * INDENT_PX + 16 }}
      >
        <i className={`service-mark hue-${hues.get(service) ?? 0}`} title={service} />
        <span className="muted">log</span>
        <span className="muted">
          <Moment ms={timeUnixMs} exact />
        </span>
        <span className={`severity severity-${weightOfSeverity(severityNumber)}`}>
          {severityWord(severityNumber, severityText)}
        </span>
        <span className="waterfall-words" title={body}>
          <FoundText text={body} find={find} />
        </span>
      </div>
      <div role="gridcell" className="waterfall-when">
        <div className="waterfall-track">
          {share >= 0 && share <= 1 && (
            <span className="waterfall-moment" style={{ left: `${share * 100}%` }} />
          )}
        </div>
      </div>
    </>
  )
}
