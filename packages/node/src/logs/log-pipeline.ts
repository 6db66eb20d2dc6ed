import type { AnyValue, LoggerProvider } from '@opentelemetry/api'
import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer'
import type { Resource } from '@opentelemetry/resources'
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { createBatchQueue } from '../delivery/batch-queue.ts'
import type { DeliveryListener } from '../delivery/delivery.ts'
import type { BatchSettings, Protocol } from '../environment.ts'
import type { Pipeline } from '../delivery/pipeline.ts'
import { CONTENT_TYPES, type OtlpPlace } from '../delivery/otlp-request.ts'
import { createSender, writeLetter } from '../delivery/otlp-sender.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { loadLogSdk } from './load-log-sdk.ts'

const SERIALIZERS = {
  'http/json': JsonLogsSerializer,
  'http/protobuf': ProtobufLogsSerializer,
} as const

/** Where log records go, and who is told what becomes of them. */
export interface LogPipelineOptions extends DeliveryListener {
  readonly protocol: Protocol
  readonly url: string
  readonly batch: BatchSettings
  readonly resource: Resource
  readonly redactor: Redactor
}

/** Sends log records by OTLP. */
export interface LogPipeline extends Pipeline {
  readonly loggerProvider: LoggerProvider
}

/** The way of a log record to the collector. Loads OpenTelemetry's SDK for logs. */
export function createLogPipeline({
  protocol,
  url,
  batch,
  resource,
  redactor,
  ...listener
}: LogPipelineOptions): LogPipeline {
  const place: OtlpPlace = { signal: 'LOGS', url, contentType: CONTENT_TYPES[protocol] }
  const serializer = SERIALIZERS[protocol]
  const sender = createSender<ReadableLogRecord>(place, serializer)
  const queue = createBatchQueue<ReadableLogRecord>({
    ...listener,
    batch,
    deliver: records => sender.send(records),
  })
  const processor: LogRecordProcessor = {
    onEmit: record => queue.add(redactRecord(record, redactor)),
    forceFlush: () => queue.flush(),
    shutdown: () => queue.flush(),
  }
  const { LoggerProvider: Provider } = loadLogSdk()
  return {
    loggerProvider: new Provider({ resource, processors: [processor] }),
    flush: () => queue.flush(),
    limitAttempts: timeoutMs => sender.limitAttempts(timeoutMs),
    takeRest: () => writeLetter(place, serializer, queue.takeAll()),
  }
}

function redactBody(body: AnyValue, redactor: Redactor): AnyValue {
  return typeof body === 'string' ? redactor.text(body) : redactor.attribute('message', body)
}

/** The record with another body and other attributes; it may not be changed once it was emitted. */
function redactRecord(record: ReadableLogRecord, redactor: Redactor): ReadableLogRecord {
  return Object.create(record, {
    body: { value: redactBody(record.body, redactor) },
    attributes: { value: redactor.attributes(record.attributes) },
  }) as ReadableLogRecord
}
