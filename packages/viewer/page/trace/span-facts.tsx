import { formatDuration } from '@throughline/trace/format-duration'
import type { ReactElement } from 'react'
import type { SpanDetail, SpanRow, TraceView } from '../../src/api/trace.ts'
import { CategorySign } from '../parts/category-sign.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Moment } from '../parts/moment.tsx'
import { ServiceName } from '../parts/service-name.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { SPAN_SENTENCES } from './span-sentence.ts'

/** What a span is, whose it is, what came of it and how long it took. */
export function SpanFacts({
  trace,
  place,
  span,
  detail,
}: {
  readonly trace: TraceView
  readonly place: number
  readonly span: SpanRow
  /** Absent while it is on its way; the facts keep their places. */
  readonly detail: SpanDetail | undefined
}): ReactElement {
  const { title, category, service, team, failed, failure, durationMs, selfMs, startMs } = span
  const decidedBy = detail?.owner?.decidedBy
  const message = detail?.statusMessage ?? ''
  return (
    <>
      <h2 className="details-title">
        <CategorySign category={category} /> {title} <CopyButton text={title} label="Copy title" />
      </h2>
      <p>
        <ServiceName name={service} /> <span className="muted">{SPAN_SENTENCES[category]}</span>
      </p>
      {failed && (
        <p className="details-failure">
          <span aria-hidden="true">✕ </span>
          {failure ?? 'It failed.'}
          {message !== '' && message !== failure && (
            <span className="details-message">{message}</span>
          )}
        </p>
      )}
      <dl className="facts">
        <dt>Owner</dt>
        <dd>
          <TeamChip team={team} />{' '}
          {decidedBy === undefined ? (
            detail?.owner !== undefined && (
              <span className="muted">as the span says; no line of the catalog does</span>
            )
          ) : (
            <span className="muted">
              decided at <code title={decidedBy.rule}>{decidedBy.at}</code>
            </span>
          )}
        </dd>
        <dt>Status</dt>
        <dd>
          {failed ? <span className="failed">✕ failed</span> : 'ok'}
          {detail !== undefined && <span className="muted"> ({detail.status})</span>}
        </dd>
        <dt>Started</dt>
        <dd>
          <Moment ms={trace.startUnixMs + startMs} exact />{' '}
          <span className="muted">{formatDuration(startMs)} after the trace began</span>
        </dd>
        <dt>Took</dt>
        <dd>
          {formatDuration(durationMs)}{' '}
          <span className="muted">
            {formatDuration(selfMs)} of it itself{waitedFor(trace, place)}
          </span>
        </dd>
        {span.skewMs !== 0 && (
          <>
            <dt>Clock</dt>
            <dd>
              moved by {formatDuration(Math.abs(span.skewMs))}{' '}
              {span.skewMs > 0 ? 'forward' : 'back'}, since it disagrees with the clock of the root
            </dd>
          </>
        )}
      </dl>
    </>
  )
}

function waitedFor(trace: TraceView, place: number): string {
  const span = trace.spans[place]
  let criticalMs = 0
  for (const [startMs, endMs] of span?.critical ?? []) criticalMs += endMs - startMs
  return criticalMs > 0 ? `; the trace waited ${formatDuration(criticalMs)} for it` : ''
}
