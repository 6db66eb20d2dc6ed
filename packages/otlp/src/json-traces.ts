import {
  asAttributes,
  asId,
  asNanoseconds,
  asNumber,
  asObject,
  asObjects,
  asText,
  walkJson,
  type JsonObject,
} from './json-value.ts'
import {
  isSpanId,
  isTraceId,
  serviceOf,
  SPAN_KINDS,
  SPAN_STATUSES,
  toMilliseconds,
  type Decoded,
  type ResourceRecord,
  type ScopeRecord,
  type SpanRecord,
} from './records.ts'
import { createCollection } from './rejections.ts'

/** Reads an `ExportTraceServiceRequest` in JSON. */
export function readTracesJson(request: JsonObject): Decoded<SpanRecord> {
  const spans = createCollection<SpanRecord>()
  walkJson(request, ['resourceSpans', 'scopeSpans', 'spans'], (record, { resource, scope }) => {
    const span = readSpan(record, resource, scope)
    if (!isTraceId(span.traceId))
      spans.reject(`trace id "${span.traceId}" is not 16 bytes, or all zeros`)
    else if (!isSpanId(span.spanId))
      spans.reject(`span id "${span.spanId}" is not 8 bytes, or all zeros`)
    else spans.add(span)
  })
  return spans.result()
}

function readSpan(span: JsonObject, resource: ResourceRecord, scope: ScopeRecord): SpanRecord {
  const parentSpanId = asId(span['parentSpanId'], 'parentSpanId')
  const startUnixNano = asNanoseconds(span['startTimeUnixNano'], 'startTimeUnixNano')
  const endUnixNano = asNanoseconds(span['endTimeUnixNano'], 'endTimeUnixNano')
  const status = asObject(span['status'], 'status')
  return {
    traceId: asId(span['traceId'], 'traceId'),
    spanId: asId(span['spanId'], 'spanId'),
    parentSpanId: isSpanId(parentSpanId) ? parentSpanId : undefined,
    traceState: asText(span['traceState'], 'traceState'),
    flags: asNumber(span['flags'], 'flags'),
    name: asText(span['name'], 'name'),
    kind: SPAN_KINDS[asNumber(span['kind'], 'kind')] ?? 'internal',
    startUnixNano,
    endUnixNano,
    startMs: toMilliseconds(startUnixNano),
    durationMs: toMilliseconds(endUnixNano - startUnixNano),
    status: SPAN_STATUSES[asNumber(status['code'], 'status.code')] ?? 'unset',
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
    droppedAttributesCount: asNumber(span['droppedAttributesCount'], 'droppedAttributesCount'),
    droppedEventsCount: asNumber(span['droppedEventsCount'], 'droppedEventsCount'),
    droppedLinksCount: asNumber(span['droppedLinksCount'], 'droppedLinksCount'),
    resource,
    scope,
    service: serviceOf(resource),
  }
}
