import { encodeRequest } from './encode-request.ts'
import { createEncoderMemo, encodeAttributes, quote, type EncoderMemo } from './encode-value.ts'
import {
  SPAN_STATUSES,
  type Attributes,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
  type SpanRecord,
} from './records.ts'

/**
 * Writes spans as an `ExportTraceServiceRequest` in JSON, which {@link decodeTraces} reads back as the same records, those of one
 * resource and scope together. What was bytes in an attribute is a string.
 */
export function encodeTraces(
  spans: readonly SpanRecord[],
  memo: EncoderMemo = createEncoderMemo(),
): string {
  const names = ['resourceSpans', 'scopeSpans', 'spans'] as const
  return encodeRequest(spans, names, memo, span => encodeSpan(span, memo))
}

const KIND_NUMBERS: Readonly<Record<SpanKind, number>> = {
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
}

function encodeSpan(span: SpanRecord, memo: EncoderMemo): string {
  let text = `{"traceId":"${span.traceId}","spanId":"${span.spanId}"`
  if (span.parentSpanId !== undefined) text += `,"parentSpanId":"${span.parentSpanId}"`
  if (span.traceState !== '') text += `,"traceState":${quote(span.traceState)}`
  if (span.flags !== 0) text += `,"flags":${span.flags}`
  text += `,"name":${quote(span.name)},"kind":${KIND_NUMBERS[span.kind]}`
  text += `,"startTimeUnixNano":"${span.startUnixNano}","endTimeUnixNano":"${span.endUnixNano}"`
  text += encodeOwn(span, memo)
  if (span.droppedAttributesCount !== 0) {
    text += `,"droppedAttributesCount":${span.droppedAttributesCount}`
  }
  if (span.events.length > 0) {
    text += `,"events":[${span.events.map(event => encodeEvent(event, memo)).join()}]`
  }
  if (span.droppedEventsCount !== 0) text += `,"droppedEventsCount":${span.droppedEventsCount}`
  if (span.links.length > 0) {
    text += `,"links":[${span.links.map(link => encodeLink(link, memo)).join()}]`
  }
  if (span.droppedLinksCount !== 0) text += `,"droppedLinksCount":${span.droppedLinksCount}`
  return `${text}${encodeStatus(span)}}`
}

function encodeOwn({ attributes }: { readonly attributes: Attributes }, memo: EncoderMemo): string {
  const text = encodeAttributes('attributes', attributes, memo)
  return text === '' ? '' : `,${text}`
}

function encodeStatus({ status, statusMessage }: SpanRecord): string {
  if (statusMessage === '') {
    return status === 'unset' ? '' : `,"status":{"code":${SPAN_STATUSES.indexOf(status)}}`
  }
  return `,"status":{"code":${SPAN_STATUSES.indexOf(status)},"message":${quote(statusMessage)}}`
}

function encodeEvent(event: SpanEvent, memo: EncoderMemo): string {
  return `{"name":${quote(event.name)},"timeUnixNano":"${event.timeUnixNano}"${encodeOwn(event, memo)}}`
}

function encodeLink(link: SpanLink, memo: EncoderMemo): string {
  let text = `{"traceId":${quote(link.traceId)},"spanId":${quote(link.spanId)}`
  if (link.traceState !== '') text += `,"traceState":${quote(link.traceState)}`
  return `${text}${encodeOwn(link, memo)}}`
}
