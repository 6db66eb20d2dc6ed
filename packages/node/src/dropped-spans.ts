import { METRIC_THROUGHLINE_SPANS_DROPPED } from '@throughline/conventions'
import type { Reporter } from './diagnostics.ts'
import type { Metrics } from './metrics/instruments.ts'
import type { DropReason, OnDropped } from './span-exporter.ts'

const WORDS: Readonly<Record<DropReason, string>> = {
  queue_full: 'the queue is full',
  refused: 'no collector listens there',
  timeout: 'the collector did not answer in time',
  rejected: 'the collector refused them',
  failed: 'they could not be sent',
}

/** Counts lost spans by reason, and says so on stderr at most once a minute a reason. */
export function countDropped(metrics: Metrics, reporter: Reporter): OnDropped {
  const dropped = metrics.instrument(METRIC_THROUGHLINE_SPANS_DROPPED)
  return (spans, reason, error) => {
    dropped.add([reason], spans)
    const detail = error === undefined ? '' : ` (${error.message})`
    reporter.report(`dropped-${reason}`, `spans are lost: ${WORDS[reason]}${detail}`)
  }
}
