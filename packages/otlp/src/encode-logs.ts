import { encodeRequest } from './encode-request.ts'
import {
  createEncoderMemo,
  encodeAttributes,
  encodeValue,
  quote,
  type EncoderMemo,
} from './encode-value.ts'
import type { LogRecord } from './records.ts'

/**
 * Writes log records as an `ExportLogsServiceRequest` in JSON, which {@link decodeLogs} reads back as the same records, those of
 * one resource and scope together. What was bytes in an attribute is a string.
 */
export function encodeLogs(
  logs: readonly LogRecord[],
  memo: EncoderMemo = createEncoderMemo(),
): string {
  const names = ['resourceLogs', 'scopeLogs', 'logRecords'] as const
  return encodeRequest(logs, names, memo, log => encodeLog(log, memo))
}

function encodeLog(log: LogRecord, memo: EncoderMemo): string {
  let text = `{"timeUnixNano":"${log.timeUnixNano}","observedTimeUnixNano":"${log.observedTimeUnixNano}"`
  if (log.severityNumber !== 0) text += `,"severityNumber":${log.severityNumber}`
  if (log.severityText !== '') text += `,"severityText":${quote(log.severityText)}`
  if (log.eventName !== '') text += `,"eventName":${quote(log.eventName)}`
  if (log.traceId !== undefined) text += `,"traceId":"${log.traceId}"`
  if (log.spanId !== undefined) text += `,"spanId":"${log.spanId}"`
  const attributes = encodeAttributes('attributes', log.attributes, memo)
  return `${text},"body":${encodeValue(log.body, memo)}${attributes === '' ? '' : `,${attributes}`}}`
}
