import { TraceFlags } from '@opentelemetry/api'
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace'
import { createBatchQueue } from './batch-queue.ts'
import type { DeliveryListener } from './delivery.ts'
import type { BatchSettings, Protocol } from '../environment.ts'
import type { ExitLetter } from './exit-export.ts'
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
export interface SpanPipeline {
  readonly processors: readonly SpanProcessor[]
  /** Sends what is finished, at once. Resolves when it is sent, and when an attempt to do so failed; never rejects. */
  flush(): Promise<void>
  /** For a process that is about to end: from now on no attempt to send takes longer than this. */
  limitAttempts(timeoutMs: number): void
  /** What no collector has confirmed, to be sent while the process exits; nothing is sent otherwise from then on. */
  takeRest(): readonly ExitLetter[]
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
