import {
  asAttributes,
  asEnumerated,
  asId,
  asNanoseconds,
  asObject,
  asObjects,
  asText,
  asUint32,
  walkJson,
  type JsonObject,
} from './json-value.ts'
import type { RecordOrigin } from './record-origin.ts'
import {
  elapsedMilliseconds,
  flawOfIds,
  isSpanId,
  serviceOf,
  SPAN_KINDS,
  SPAN_STATUSES,
  toMilliseconds,
  type Decoded,
  type SpanRecord,
} from './records.ts'
import { createCollection, type Collection } from './rejections.ts'

/** Reads an `ExportTraceServiceRequest` in JSON. */
export function readTracesJson(request: JsonObject): Decoded<SpanRecord> {
  const spans = createCollection<SpanRecord>()
  walkJson(request, ['resourceSpans', 'scopeSpans', 'spans'], (span, origin) =>
    readSpan(span, origin, spans),
  )
  return spans.result()
}

function readSpan(
  span: JsonObject,
  { resource, scope }: RecordOrigin,
  spans: Collection<SpanRecord>,
): void {
  const traceId = asId(span['traceId'], 'traceId')
  const spanId = asId(span['spanId'], 'spanId')
  const parentSpanId = asId(span['parentSpanId'], 'parentSpanId')
  const flaw = flawOfIds(traceId, spanId, parentSpanId)
  if (flaw !== undefined) return spans.reject(flaw)
  const startUnixNano = asNanoseconds(span['startTimeUnixNano'], 'startTimeUnixNano')
  const endUnixNano = asNanoseconds(span['endTimeUnixNano'], 'endTimeUnixNano')
  const status = asObject(span['status'], 'status')
  spans.add({
    traceId,
    spanId,
    parentSpanId: isSpanId(parentSpanId) ? parentSpanId : undefined,
    traceState: asText(span['traceState'], 'traceState'),
    flags: asUint32(span['flags'], 'flags'),
    name: asText(span['name'], 'name'),
    kind: asEnumerated(span['kind'], 'kind', 'SPAN_KIND_', SPAN_KINDS),
    startUnixNano,
    endUnixNano,
    startMs: toMilliseconds(startUnixNano),
    durationMs: elapsedMilliseconds(startUnixNano, endUnixNano),
    status: asEnumerated(status['code'], 'status.code', 'STATUS_CODE_', SPAN_STATUSES),
    statusMessage: asText(status['message'], 'status.message'),
    attributes: asAttributes(span['attributes']),
    events: asObjects(span['events'], 'events').map(event => ({
      name: asText(event['name'], 'event.name'),
      timeUnixNano: asNanoseconds(event['timeUnixNano'], 'event.timeUnixNano'),
      attributes: asAttributes(event['attributes']),
    })),
    links: asObjects(span['links'], 'links').map(link => ({
      traceId: asId(link['traceId'], 'link.traceId'),
      spanId: asId(link['spanId'], 'link.spanId'),
      traceState: asText(link['traceState'], 'link.traceState'),
      attributes: asAttributes(link['attributes']),
    })),
    droppedAttributesCount: asUint32(span['droppedAttributesCount'], 'droppedAttributesCount'),
    droppedEventsCount: asUint32(span['droppedEventsCount'], 'droppedEventsCount'),
    droppedLinksCount: asUint32(span['droppedLinksCount'], 'droppedLinksCount'),
    resource,
    scope,
    service: serviceOf(resource),
  })
}
