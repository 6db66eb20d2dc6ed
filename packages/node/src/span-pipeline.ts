import { createNoopMeter, type Meter, type MeterProvider } from '@opentelemetry/api'
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace'
import type { BatchSettings, Protocol } from './environment.ts'
import { exportAtExit } from './exit-export.ts'
import {
  createSpanExporter,
  keepUnanswered,
  reportDropped,
  type OnDropped,
} from './span-exporter.ts'

/** Where finished spans go, and what is told of those that are lost. */
export interface SpanPipelineOptions {
  readonly exporter: 'otlp' | 'console' | 'none'
  readonly protocol: Protocol
  readonly batch: BatchSettings
  readonly onDropped: OnDropped
}

/** Sends finished spans. */
export interface SpanPipeline {
  readonly processors: readonly SpanProcessor[]
  /** Sends what is finished and waits for what is under way; never rejects. */
  flush(): Promise<void>
  /** Sends what no collector has confirmed, while the process exits: blocks up to `deadlineMs`, and at once if there is none. */
  flushAtExit(deadlineMs: number): void
}

/** The way of a finished span to the collector; no processor at all when nothing is exported. */
export function createSpanPipeline({
  exporter: kind,
  protocol,
  batch,
  onDropped,
}: SpanPipelineOptions): SpanPipeline {
  if (kind === 'none') {
    return { processors: [], flush: () => Promise.resolve(), flushAtExit: () => undefined }
  }
  const exporter = keepUnanswered(reportDropped(createSpanExporter(kind, protocol), onDropped))
  const processor = new BatchSpanProcessor({
    ...batch,
    exporter,
    selfObsMeterProvider: watchQueue(onDropped),
  })
  return {
    processors: [processor],
    flush: async () => {
      await processor.forceFlush()
      // The processor's own flush does not wait for the batch that was already on its way.
      await exporter.forceFlush?.()
    },
    flushAtExit(deadlineMs) {
      if (kind === 'console') return
      exporter.hold()
      // Hands its spans to the exporter before it returns; the rest of it never comes.
      void processor.forceFlush()
      const spans = exporter.unanswered()
      if (spans.length > 0) exportAtExit(spans, protocol, deadlineMs)
    },
  }
}

/**
 * The one way in which the batch processor tells of spans that its full queue turned away: a counter of processed
 * spans, with `error.type` `queue_full`.
 */
function watchQueue(onDropped: OnDropped): MeterProvider {
  const noop = createNoopMeter()
  const meter: Meter = Object.assign(Object.create(noop) as Meter, {
    createCounter: () => ({
      add(spans: number, attributes: { 'error.type'?: string } = {}) {
        if (attributes['error.type'] === 'queue_full') onDropped(spans, 'queue_full', undefined)
      },
    }),
  })
  return { getMeter: () => meter }
}
