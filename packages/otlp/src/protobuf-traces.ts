import { newAttributes } from './attributes.ts'
import { readAttribute, walkRequest } from './protobuf-common.ts'
import type { ProtobufReader } from './protobuf-reader.ts'
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
  type SpanEvent,
  type SpanLink,
  type SpanRecord,
} from './records.ts'
import { createCollection, type Collection } from './rejections.ts'

/** Reads an `ExportTraceServiceRequest`. */
export function readTraces(request: ProtobufReader): Decoded<SpanRecord> {
  const spans = createCollection<SpanRecord>()
  walkRequest(request, (reader, origin) => readSpan(reader, origin, spans))
  return spans.result()
}

function readSpan(
  reader: ProtobufReader,
  { resource, scope }: RecordOrigin,
  spans: Collection<SpanRecord>,
): void {
  let traceId = ''
  let spanId = ''
  let traceState = ''
  let parentSpanId = ''
  let name = ''
  let kind = 0
  let start = 0n
  let end = 0n
  let flags = 0
  let droppedAttributesCount = 0
  let droppedEventsCount = 0
  let droppedLinksCount = 0
  let status = 0
  let statusMessage = ''
  const attributes = newAttributes()
  const events: SpanEvent[] = []
  const links: SpanLink[] = []
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    switch (field) {
      case 1:
        traceId = reader.hex()
        break
      case 2:
        spanId = reader.hex()
        break
      case 3:
        traceState = reader.string()
        break
      case 4:
        parentSpanId = reader.hex()
        break
      case 5:
        name = reader.string()
        break
      case 6:
        kind = reader.uint32()
        break
      case 7:
        start = reader.fixed64()
        break
      case 8:
        end = reader.fixed64()
        break
      case 9:
        readAttribute(reader.message(), attributes)
        break
      case 10:
        droppedAttributesCount = reader.uint32()
        break
      case 11:
        events.push(readEvent(reader.message()))
        break
      case 12:
        droppedEventsCount = reader.uint32()
        break
      case 13:
        links.push(readLink(reader.message()))
        break
      case 14:
        droppedLinksCount = reader.uint32()
        break
      case 15: {
        const message = reader.message()
        for (let part = message.next(); part !== 0; part = message.next()) {
          if (part === 2) statusMessage = message.string()
          else if (part === 3) status = message.uint32()
          else message.skip()
        }
        break
      }
      case 16:
        flags = reader.fixed32()
        break
      default:
        reader.skip()
    }
  }
  const flaw = flawOfIds(traceId, spanId, parentSpanId)
  if (flaw !== undefined) return spans.reject(flaw)
  spans.add({
    traceId,
    spanId,
    parentSpanId: isSpanId(parentSpanId) ? parentSpanId : undefined,
    traceState,
    flags,
    name,
    kind: SPAN_KINDS[kind] ?? 'internal',
    startUnixNano: start,
    endUnixNano: end,
    startMs: toMilliseconds(start),
    durationMs: elapsedMilliseconds(start, end),
    status: SPAN_STATUSES[status] ?? 'unset',
    statusMessage,
    attributes,
    events,
    links,
    droppedAttributesCount,
    droppedEventsCount,
    droppedLinksCount,
    resource,
    scope,
    service: serviceOf(resource),
  })
}

function readEvent(reader: ProtobufReader): SpanEvent {
  let name = ''
  let timeUnixNano = 0n
  const attributes = newAttributes()
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) timeUnixNano = reader.fixed64()
    else if (field === 2) name = reader.string()
    else if (field === 3) readAttribute(reader.message(), attributes)
    else reader.skip()
  }
  return { name, timeUnixNano, attributes }
}

function readLink(reader: ProtobufReader): SpanLink {
  let traceId = ''
  let spanId = ''
  let traceState = ''
  const attributes = newAttributes()
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) traceId = reader.hex()
    else if (field === 2) spanId = reader.hex()
    else if (field === 3) traceState = reader.string()
    else if (field === 4) readAttribute(reader.message(), attributes)
    else reader.skip()
  }
  return { traceId, spanId, traceState, attributes }
}
