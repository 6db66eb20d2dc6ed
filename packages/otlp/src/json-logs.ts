import {
  asAttributes,
  asId,
  asNanoseconds,
  asText,
  asUint32,
  asValue,
  walkJson,
  type JsonObject,
} from './json-value.ts'
import { isSpanId, isTraceId, serviceOf, type Decoded, type LogRecord } from './records.ts'
import { createCollection } from './rejections.ts'

/** Reads an `ExportLogsServiceRequest` in JSON. */
export function readLogsJson(request: JsonObject): Decoded<LogRecord> {
  const logs = createCollection<LogRecord>()
  walkJson(request, ['resourceLogs', 'scopeLogs', 'logRecords'], (log, { resource, scope }) => {
    const traceId = asId(log['traceId'], 'traceId')
    const spanId = asId(log['spanId'], 'spanId')
    logs.add({
      timeUnixNano: asNanoseconds(log['timeUnixNano'], 'timeUnixNano'),
      observedTimeUnixNano: asNanoseconds(log['observedTimeUnixNano'], 'observedTimeUnixNano'),
      severityNumber: asUint32(log['severityNumber'], 'severityNumber'),
      severityText: asText(log['severityText'], 'severityText'),
      body: asValue(log['body']),
      attributes: asAttributes(log['attributes']),
      eventName: asText(log['eventName'], 'eventName'),
      traceId: isTraceId(traceId) ? traceId : undefined,
      spanId: isSpanId(spanId) ? spanId : undefined,
      resource,
      scope,
      service: serviceOf(resource),
    })
  })
  return logs.result()
}
