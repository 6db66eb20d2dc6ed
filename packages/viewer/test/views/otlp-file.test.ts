import { decodeLogs, decodeTraces, type LogRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { renderOtlpFile } from '../../src/views/otlp-file.ts'
import { makeSpan } from '../../../trace/test/make-span.ts'

const resource = { attributes: { 'service.name': 'web' } }
const span = makeSpan({ resource, attributes: { 'a "quoted" name': 'x' } })
const log: LogRecord = {
  timeUnixNano: 1n,
  observedTimeUnixNano: 2n,
  severityNumber: 9,
  severityText: 'INFO',
  body: { a: [1, 'b', null] },
  attributes: {},
  eventName: '',
  traceId: span.traceId,
  spanId: span.spanId,
  resource,
  scope: { name: 's', version: '1' },
  service: 'web',
}

test.for([
  [[span], [log]],
  [[span], []],
  [[], [log]],
  [[], []],
] as const)('one object holds both %o and %o', ([spans, logs]) => {
  const file = Buffer.from(renderOtlpFile(spans, logs))
  expect(Object.keys(JSON.parse(file.toString('utf8')) as object)).toEqual([
    'resourceSpans',
    'resourceLogs',
  ])
  const ids = decodeTraces(file, 'json').records.map(({ spanId }) => spanId)
  expect(ids).toEqual(spans.map(({ spanId }) => spanId))
  expect(decodeLogs(file, 'json').records).toEqual(logs)
})
