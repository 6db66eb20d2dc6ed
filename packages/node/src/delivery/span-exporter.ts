import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { ConsoleSpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Protocol } from '../environment.ts'
import type { ExitLetter } from './exit-export.ts'
import { CONTENT_TYPES, type OtlpPlace } from './otlp-request.ts'
import { createSender, writeLetter, type Sender } from './otlp-sender.ts'

const SERIALIZERS = {
  'http/json': JsonTraceSerializer,
  'http/protobuf': ProtobufTraceSerializer,
} as const

/** A sender that prints. */
export function createConsoleSender(): Sender<ReadableSpan> {
  const exporter = new ConsoleSpanExporter()
  return {
    send: spans =>
      new Promise(resolve =>
        exporter.export([...spans], () =>
          resolve({ outcome: 'taken', rejected: 0, remark: undefined }),
        ),
      ),
    limitAttempts: () => undefined,
  }
}

/** A sender of spans to a collector at `url`. The rest of its settings it reads from `OTEL_EXPORTER_OTLP_*` when it first sends. */
export function createOtlpSender(url: string, protocol: Protocol): Sender<ReadableSpan> {
  return createSender(placeOf(url, protocol), SERIALIZERS[protocol])
}

/** What is left of spans, as it is sent to `url` while the process exits. */
export function writeSpanLetter(
  spans: readonly ReadableSpan[],
  url: string,
  protocol: Protocol,
): ExitLetter[] {
  return writeLetter(placeOf(url, protocol), SERIALIZERS[protocol], spans)
}

function placeOf(url: string, protocol: Protocol): OtlpPlace {
  return { signal: 'TRACES', url, contentType: CONTENT_TYPES[protocol] }
}
