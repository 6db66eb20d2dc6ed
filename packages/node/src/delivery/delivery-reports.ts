import {
  METRIC_THROUGHLINE_LOGS_DROPPED,
  METRIC_THROUGHLINE_SPANS_DROPPED,
  type MetricDefinition,
} from '@throughline/conventions'
import type { DeliveryListener, DropReason } from './delivery.ts'
import type { Reporter } from '../diagnostics.ts'
import type { Metrics } from '../metrics/instruments.ts'

const WORDS: Readonly<Record<DropReason, string>> = {
  queue_full: 'the queue is full',
  refused: 'no collector listens there',
  timeout: 'the collector did not answer in time',
  throttled: 'the collector asks to come back later',
  rejected: 'the collector refused them',
  failed: 'they could not be sent',
}

/** Counts lost spans by reason, and says on stderr why spans wait or are lost, at most once a minute a reason. */
export function reportSpans(metrics: Metrics, reporter: Reporter): DeliveryListener {
  return report('spans', METRIC_THROUGHLINE_SPANS_DROPPED, metrics, reporter)
}

/** The same for log records. */
export function reportLogRecords(metrics: Metrics, reporter: Reporter): DeliveryListener {
  return report('log records', METRIC_THROUGHLINE_LOGS_DROPPED, metrics, reporter)
}

function report(
  items: string,
  metric: MetricDefinition,
  metrics: Metrics,
  reporter: Reporter,
): DeliveryListener {
  const dropped = metrics.instrument(metric)
  const say = (what: string, reason: DropReason, detail: string): void => {
    const because = detail === '' ? WORDS[reason] : `${WORDS[reason]} (${detail})`
    reporter.report(`${items}-${reason}`, `${items} ${what}: ${because}`)
  }
  return {
    onDropped(count, reason, detail) {
      dropped.add([reason], count)
      say('are lost', reason, detail)
    },
    onDelayed: (reason, detail) => say('have to wait', reason, detail),
    onRemark: remark =>
      reporter.report(`${items}-remark`, `the collector took ${items}, but says: ${remark}`),
  }
}
