import { TraceFlags } from '@opentelemetry/api'
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace'
import { createBatchQueue } from './batch-queue.ts'
import type { DeliveryListener } from './delivery.ts'
import type { Pipeline } from './pipeline.ts'
import type { BatchSettings, Protocol } from '../environment.ts'
import { redactSpan } from '../redaction/redact-span.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { createConsoleSender, createOtlpSender, writeSpanLetter } from './span-exporter.ts'

/** Where finished spans go, and who is told what becomes of them. */
export interface SpanPipelineOptions extends DeliveryListener {
  readonly exporter: 'otlp' | 'console' | 'none'
  readonly protocol: Protocol
  readonly tracesUrl: string
  readonly batch: BatchSettings
  readonly redactor: Redactor
}

/** Sends finished spans. */
export interface SpanPipeline extends Pipeline {
  readonly processors: readonly SpanProcessor[]
}

/** The way of a finished span to the collector; no processor at all when nothing is exported. */
export function createSpanPipeline({
  exporter: kind,
  protocol,
  tracesUrl,
  batch,
  redactor,
  ...listener
}: SpanPipelineOptions): SpanPipeline {
  if (kind === 'none') {
    return {
      processors: [],
      flush: () => Promise.resolve(),
      limitAttempts: () => undefined,
      takeRest: () => [],
    }
  }
  const sender = kind === 'console' ? createConsoleSender() : createOtlpSender(tracesUrl, protocol)
  const queue = createBatchQueue<ReadableSpan>({
    ...listener,
    batch,
    deliver: spans => sender.send(spans),
  })
  const processor: SpanProcessor = {
    onStart: () => undefined,
    onEnd(span) {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return
      queue.add(redactSpan(span, redactor))
    },
    forceFlush: () => queue.flush(),
    async shutdown() {
      await queue.flush()
      queue.takeAll()
    },
  }
  return {
    processors: [processor],
    flush: () => queue.flush(),
    limitAttempts: timeoutMs => sender.limitAttempts(timeoutMs),
    takeRest() {
      const spans = queue.takeAll()
      if (kind === 'otlp') return writeSpanLetter(spans, tracesUrl, protocol)
      void sender.send(spans)
      return []
    },
  }
}
