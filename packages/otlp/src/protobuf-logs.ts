import { newAttributes } from './attributes.ts'
import { readAnyValue, readAttribute, walkRequest } from './protobuf-common.ts'
import type { ProtobufReader } from './protobuf-reader.ts'
import type { RecordOrigin } from './record-origin.ts'
import {
  isSpanId,
  isTraceId,
  serviceOf,
  type AttributeValue,
  type Decoded,
  type LogRecord,
} from './records.ts'
import { createCollection } from './rejections.ts'

/** Reads an `ExportLogsServiceRequest`. */
export function readLogs(request: ProtobufReader): Decoded<LogRecord> {
  const logs = createCollection<LogRecord>()
  walkRequest(request, (reader, origin) => logs.add(readLog(reader, origin)))
  return logs.result()
}

function readLog(reader: ProtobufReader, { resource, scope }: RecordOrigin): LogRecord {
  let timeUnixNano = 0n
  let observedTimeUnixNano = 0n
  let severityNumber = 0
  let severityText = ''
  let body: AttributeValue = null
  let traceId = ''
  let spanId = ''
  let eventName = ''
  const attributes = newAttributes()
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    switch (field) {
      case 1:
        timeUnixNano = reader.fixed64()
        break
      case 2:
        severityNumber = reader.uint32()
        break
      case 3:
        severityText = reader.string()
        break
      case 5:
        body = readAnyValue(reader.message())
        break
      case 6:
        readAttribute(reader.message(), attributes)
        break
      case 9:
        traceId = reader.hex()
        break
      case 10:
        spanId = reader.hex()
        break
      case 11:
        observedTimeUnixNano = reader.fixed64()
        break
      case 12:
        eventName = reader.string()
        break
      default:
        reader.skip()
    }
  }
  return {
    timeUnixNano,
    observedTimeUnixNano,
    severityNumber,
    severityText,
    body,
    attributes,
    eventName,
    traceId: isTraceId(traceId) ? traceId : undefined,
    spanId: isSpanId(spanId) ? spanId : undefined,
    resource,
    scope,
    service: serviceOf(resource),
  }
}
