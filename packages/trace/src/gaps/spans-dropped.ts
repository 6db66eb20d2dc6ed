import {
  ENV_OTEL_BSP_EXPORT_TIMEOUT,
  ENV_OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
  ENV_OTEL_BSP_MAX_QUEUE_SIZE,
  ENV_OTEL_EXPORTER_OTLP_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_TIMEOUT,
} from '@throughline/conventions'
import type { Gap } from '../gap.ts'
import type { DroppedSpans } from '../surroundings.ts'
import type { GapSubject } from './gap-subject.ts'

/** How long after the end of a trace a loss may be told that it suffered from: a batch is tried again for half a minute. */
const TOLD_WITHIN_MS = 120_000

/** Services of the trace that say that they lost spans: a gap if that was about then, else a note. */
export function findSpansDropped({ layout, spans, surroundings }: GapSubject): Gap[] {
  const services = new Set(spans.map(({ span }) => span.service))
  const endMs = spans.reduce((end, span) => Math.max(end, span.startMs + span.durationMs), 0)
  const { startUnixMs } = layout
  return (surroundings.dropped ?? [])
    .filter(({ service, spans: lost }) => lost > 0 && services.has(service))
    .map((dropped): Gap => {
      const isThen =
        dropped.atMs >= startUnixMs && dropped.atMs <= startUnixMs + endMs + TOLD_WITHIN_MS
      const { service, reason, spans: lost, atMs } = dropped
      return {
        reason: 'spans-dropped',
        weight: isThen ? 'gap' : 'note',
        span: undefined,
        sentence: `${service} lost ${lost} ${lost === 1 ? 'span' : 'spans'}: ${tellReason(reason)}.${isThen ? ' Some of this trace may be among them.' : ''}`,
        evidence: [
          `${service} says so, by the reason ${reason}, last at ${new Date(atMs || 0).toISOString()}.`,
        ],
        certain: true,
        mend: mendLoss(dropped),
        linked: undefined,
      }
    })
}

function tellReason(reason: string): string {
  switch (reason) {
    case 'queue_full':
      return 'more waited to be sent than its queue takes'
    case 'refused':
      return 'no collector listened at its address'
    case 'timeout':
      return 'the collector did not answer in time'
    case 'throttled':
      return 'the collector asked to come back later'
    case 'rejected':
      return 'the collector did not take them'
    default:
      return `they could not be sent (${reason})`
  }
}

function mendLoss({ service, reason }: DroppedSpans): string {
  switch (reason) {
    case 'queue_full':
      return `Raise ${ENV_OTEL_BSP_MAX_QUEUE_SIZE} of ${service} above its 2048, or give the collector more room.`
    case 'timeout':
      return `See why the collector is slow; ${ENV_OTEL_EXPORTER_OTLP_TIMEOUT} of ${service} is how long it waits for an answer.`
    case 'throttled':
      return `Give the collector more room; with a larger ${ENV_OTEL_BSP_EXPORT_TIMEOUT}, ${service} tries for longer.`
    case 'rejected':
      return `Look into the log of the collector for what it says no to. If that is the size, make ${ENV_OTEL_BSP_MAX_EXPORT_BATCH_SIZE} of ${service} smaller.`
    default:
      return `See that a collector listens at ${ENV_OTEL_EXPORTER_OTLP_ENDPOINT} of ${service}; its stderr says what went wrong.`
  }
}
