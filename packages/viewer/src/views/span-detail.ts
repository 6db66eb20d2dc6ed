import type { ReadSpan } from '@throughline/trace'
import type { SpanDetail } from '../api/trace.ts'

/** All of one span. `existing` says which of some traces are here. */
export function createSpanDetail(
  { span, title, category, owner }: ReadSpan,
  existing: (traceIds: readonly string[]) => ReadonlySet<string>,
): SpanDetail {
  const here = existing(span.links.map(({ traceId }) => traceId))
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    title,
    kind: span.kind,
    category,
    service: span.service,
    owner,
    status: span.status,
    statusMessage: span.statusMessage,
    startUnixMs: span.startMs,
    durationMs: span.durationMs,
    attributes: span.attributes,
    resource: span.resource.attributes,
    scope: span.scope,
    traceState: span.traceState,
    events: span.events.map(({ name, timeUnixNano, attributes }) => ({
      name,
      atMs: Number(timeUnixNano - span.startUnixNano) / 1e6,
      attributes,
    })),
    links: span.links.map(({ traceId, spanId, attributes }) => ({
      traceId,
      spanId,
      attributes,
      here: here.has(traceId),
    })),
    dropped: {
      attributes: span.droppedAttributesCount,
      events: span.droppedEventsCount,
      links: span.droppedLinksCount,
    },
  }
}
