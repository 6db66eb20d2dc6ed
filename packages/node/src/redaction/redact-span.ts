import type { Link, SpanContext } from '@opentelemetry/api'
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace'
import type { Redactor } from './redactor.ts'

/** Gives a span that has ended without secrets; the very same when there are none. */
export function redactSpan(span: ReadableSpan, redactor: Redactor): ReadableSpan {
  const name = redactor.text(span.name)
  const attributes = redactor.attributes(span.attributes)
  const status = span.status.message === undefined ? span.status : redactor.attributes(span.status)
  const events = redactEach(span.events, redactEvent, redactor)
  const links = redactEach(span.links, redactLink, redactor)
  const context = redactContext(span.spanContext(), redactor)
  if (
    name === span.name &&
    attributes === span.attributes &&
    status === span.status &&
    events === span.events &&
    links === span.links &&
    context === span.spanContext()
  ) {
    return span
  }
  const { kind, parentSpanContext, startTime, endTime, duration, ended, resource } = span
  return {
    name,
    attributes,
    status,
    events,
    links,
    spanContext: () => context,
    kind,
    startTime,
    endTime,
    duration,
    ended,
    resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
    ...(parentSpanContext !== undefined && { parentSpanContext }),
  }
}

function redactEach<Part>(
  parts: Part[],
  redact: (part: Part, redactor: Redactor) => Part,
  redactor: Redactor,
): Part[] {
  if (parts.length === 0) return parts
  const redacted = parts.map(part => redact(part, redactor))
  return redacted.some((part, at) => part !== parts[at]) ? redacted : parts
}

function redactEvent(event: TimedEvent, redactor: Redactor): TimedEvent {
  const name = redactor.text(event.name)
  const attributes = event.attributes && redactor.attributes(event.attributes)
  if (name === event.name && attributes === event.attributes) return event
  return { ...event, name, ...(attributes !== undefined && { attributes }) }
}

function redactLink(link: Link, redactor: Redactor): Link {
  const attributes = link.attributes && redactor.attributes(link.attributes)
  const context = redactContext(link.context, redactor)
  if (attributes === link.attributes && context === link.context) return link
  return { ...link, context, ...(attributes !== undefined && { attributes }) }
}

/** Without the state that travels with a trace, if there is a secret in it: a signature of ours is one. */
function redactContext(context: SpanContext, redactor: Redactor): SpanContext {
  const state = context.traceState?.serialize()
  if (state === undefined || redactor.text(state) === state) return context
  const { traceId, spanId, traceFlags, isRemote } = context
  return { traceId, spanId, traceFlags, ...(isRemote !== undefined && { isRemote }) }
}
