import { MalformedBody } from './errors.ts'
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
      severityNumber: asSeverity(log['severityNumber']),
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

const SEVERITIES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

/** `value` as the number of a severity, of which each name has four. Names are taken as those of other enumerations are. */
function asSeverity(value: unknown): number {
  const [, name, step = '1'] =
    /^SEVERITY_NUMBER_([A-Z]+)([2-4])?$/.exec(typeof value === 'string' ? value : '') ?? []
  if (name === undefined) return asUint32(value, 'severityNumber')
  if (name === 'UNSPECIFIED') return 0
  const place = SEVERITIES.indexOf(name)
  if (place === -1) throw new MalformedBody(`severityNumber "${String(value)}" is not known`)
  return place * 4 + Number(step)
}
