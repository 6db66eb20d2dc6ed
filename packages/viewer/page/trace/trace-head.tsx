import { formatDuration } from '@throughline/trace/format-duration'
import type { ReactElement } from 'react'
import type { TraceView } from '../../src/api/trace.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Moment } from '../parts/moment.tsx'
import { ServiceName } from '../parts/service-name.tsx'
import { TeamChip } from '../parts/team-chip.tsx'
import { formatCount } from '../parts/count-text.ts'

const ELSEWHERE = [
  ['grafana', 'Grafana'],
  ['jaeger', 'Jaeger'],
  ['sentry', 'Sentry'],
] as const

/** What the trace is, what came of it, who was on its way, and where else it can be seen. */
export function TraceHead({ trace }: { readonly trace: TraceView }): ReactElement {
  const { title, outcome, failed, durationMs, startUnixMs, teams, services, traceId } = trace
  return (
    <header className="trace-head">
      <div className="trace-headline">
        <h1>{title}</h1>
        <span className={failed ? 'trace-outcome failed' : 'trace-outcome'}>
          {failed && <span aria-hidden="true">✕ </span>}
          {outcome}
        </span>
        <span>{formatDuration(durationMs)}</span>
        <span className="muted">
          <Moment ms={startUnixMs} exact />
        </span>
        <span className="muted">{count(trace.spans.length, 'span')}</span>
      </div>
      <div className="trace-path">
        <span className="trace-teams">
          {teams.length > 0 && <span className="muted">teams on the path: </span>}
          {teams.map((team, place) => (
            <span key={team}>
              {place > 0 && <span aria-label="then"> → </span>}
              <TeamChip team={team} />
            </span>
          ))}
        </span>
        <span className="trace-services">
          {services.map(name => (
            <ServiceName key={name} name={name} />
          ))}
        </span>
      </div>
      <div className="trace-actions">
        {ELSEWHERE.map(([key, name]) => {
          const href = trace.links[key]
          return (
            href !== undefined && (
              <a key={key} className="trace-action" href={href} target="_blank" rel="noopener">
                {name}
                <span aria-hidden="true"> ↗</span>
                <span className="visually-hidden"> (opens in a new tab)</span>
              </a>
            )
          )
        })}
        <CopyButton text={window.location.href} label="Copy link" idle="copy link" />
        <CopyButton text={traceId} label="Copy trace id" idle="copy trace id" />
        <a
          className="trace-action"
          href={`/api/traces/${traceId}/otlp`}
          download={`trace-${traceId}.json`}
        >
          export
        </a>
        <code className="trace-id muted">{traceId}</code>
      </div>
    </header>
  )
}

const count = (number: number, thing: string): string =>
  `${formatCount(number)} ${thing}${number === 1 ? '' : 's'}`
