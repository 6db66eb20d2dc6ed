import { ExportResultCode, type ExportResult } from '@opentelemetry/core'
import { ConsoleSpanExporter, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import type { Protocol } from './environment.ts'

/** Why spans never reached the collector, as a metric label. */
export type DropReason = 'queue_full' | 'refused' | 'timeout' | 'rejected' | 'failed'

/** Called for every batch that is lost. */
export type OnDropped = (spans: number, reason: DropReason, error: Error | undefined) => void

/** The exporter for a kind and protocol. It reads the endpoint, headers, timeout and compression from `OTEL_EXPORTER_OTLP_*`. */
export function createSpanExporter(kind: 'otlp' | 'console', protocol: Protocol): SpanExporter {
  if (kind === 'console') return new ConsoleSpanExporter()
  return protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter()
}

/**
 * Counts and names the batches that `exporter` loses.
 *
 * To the caller every export succeeds: nobody upstream can do anything about a lost batch, and OpenTelemetry's
 * own handling of a failure is a line of JSON on stderr for each one.
 */
export function reportDropped(exporter: SpanExporter, onDropped: OnDropped): SpanExporter {
  return {
    export(spans: ReadableSpan[], done: (result: ExportResult) => void) {
      exporter.export(spans, result => {
        if (result.code !== ExportResultCode.SUCCESS) {
          onDropped(spans.length, dropReason(result.error), result.error)
        }
        done({ code: ExportResultCode.SUCCESS })
      })
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  }
}

/** An exporter that knows what it was given and the collector has not confirmed. */
export interface KeepingExporter extends SpanExporter {
  /** From now on spans are kept and not sent. */
  hold(): void
  unanswered(): ReadableSpan[]
}

/** Makes `exporter` remember each batch until it is answered. */
export function keepUnanswered(exporter: SpanExporter): KeepingExporter {
  const batches = new Set<ReadableSpan[]>()
  let holding = false
  return {
    export(spans, done) {
      batches.add(spans)
      if (holding) return
      exporter.export(spans, result => {
        batches.delete(spans)
        done(result)
      })
    },
    hold: () => void (holding = true),
    unanswered: () => [...batches].flat(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  }
}

function dropReason(error: (Error & { code?: unknown }) | undefined): DropReason {
  if (error === undefined) return 'failed'
  if (typeof error.code === 'number') return 'rejected'
  if (error.code === 'ECONNREFUSED' || /ECONNREFUSED/.test(error.message)) return 'refused'
  return /time(d )?out/i.test(error.message) ? 'timeout' : 'failed'
}
