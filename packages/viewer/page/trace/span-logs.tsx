import type { ReactElement } from 'react'
import type { LogRow } from '../../src/api/trace.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Moment } from '../parts/moment.tsx'
import { attributeText } from './attribute-text.ts'
import { LongText } from './long-text.tsx'
import { severityWord, weightOfSeverity } from './severity.ts'

/** What was logged during the span. */
export function SpanLogs({ logs }: { readonly logs: readonly LogRow[] }): ReactElement {
  return (
    <section className="logs">
      <h3>Logs</h3>
      <ol>
        {logs.map((log, place) => (
          <li key={place}>
            <p>
              <span className="muted">
                <Moment ms={log.timeUnixMs} exact />
              </span>{' '}
              <span className={`severity severity-${weightOfSeverity(log.severityNumber)}`}>
                {severityWord(log.severityNumber, log.severityText)}
              </span>{' '}
              <LongText text={log.body} /> <CopyButton text={log.body} label="Copy log" />
            </p>
            {Object.entries(log.attributes).map(([key, value]) => (
              <p key={key} className="event-attribute">
                <code className="muted">{key}</code> {attributeText(value)}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}
