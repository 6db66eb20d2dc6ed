import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from '@throughline/conventions'
import type { AttributeValue } from '@throughline/otlp'
import { formatDuration } from '@throughline/trace/format-duration'
import type { ReactElement } from 'react'
import type { SpanEventView } from '../../src/api/trace.ts'
import { attributeText } from './attribute-text.ts'
import { StackTrace } from './stack-trace.tsx'

/** What happened during the span, by time; an exception with its stack. */
export function EventList({ events }: { readonly events: readonly SpanEventView[] }): ReactElement {
  const sorted = events.toSorted((a, b) => a.atMs - b.atMs)
  return (
    <section className="events">
      <h3>Events</h3>
      <ol>
        {sorted.map((event, place) => (
          <li key={place}>
            <Event event={event} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Event({
  event: { name, atMs, attributes },
}: {
  readonly event: SpanEventView
}): ReactElement {
  const {
    [ATTR_EXCEPTION_TYPE]: type,
    [ATTR_EXCEPTION_MESSAGE]: message,
    [ATTR_EXCEPTION_STACKTRACE]: stack,
    ...others
  } = attributes
  const says = [textOf(type), textOf(message)].filter(part => part !== '').join(': ')
  const after = (
    <span className="muted">{` ${atMs < 0 ? '' : 'after '}${formatDuration(atMs)}`}</span>
  )
  return (
    <>
      <p className="event-head">
        {says === '' ? <strong>{name}</strong> : <strong className="failed">✕ {says}</strong>}
        {after}
      </p>
      {typeof stack === 'string' && <StackTrace stack={stack} says={says} />}
      {Object.entries(others).map(([key, value]) => (
        <p key={key} className="event-attribute">
          <code className="muted">{key}</code> {attributeText(value)}
        </p>
      ))}
    </>
  )
}

const textOf = (value: AttributeValue | undefined): string =>
  typeof value === 'string' ? value : ''
