import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { perSecond, sumBy } from '../queries.ts'

const NONE = 'No collector is scraped'

/** A counter of the Collector, whose name ends in `_total` in some versions. */
const perSecondBy = (labels: string, counter: string): string =>
  `${sumBy(labels, perSecond(counter))} or ${sumBy(labels, perSecond(`${counter}_total`))}`

/** What the collector takes in, and what becomes of it. */
export const collectorPanels = (scope: DashboardScope): Panel[] => [
  createTimeSeries(scope, {
    title: 'Spans in and out',
    says: 'Spans a second that the collector took in, and handed on. With tail sampling less goes out than comes in; nothing at all going out is a failure.',
    unit: 'short',
    width: 12,
    alerts: ['CollectorDown', 'CollectorExportFailing'],
    noValue: NONE,
    queries: [
      {
        expr: perSecondBy('receiver', 'otelcol_receiver_accepted_spans'),
        legend: 'in {{receiver}}',
      },
      { expr: perSecondBy('exporter', 'otelcol_exporter_sent_spans'), legend: 'out {{exporter}}' },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Spans lost in the collector',
    says: 'Spans a second that it refused, could not hand on, or found no place for in a queue. Refused ones are tried again by the sender; the others are lost.',
    unit: 'short',
    width: 12,
    alerts: ['CollectorExportFailing', 'CollectorRefusing'],
    noValue: NONE,
    queries: [
      {
        expr: perSecondBy('receiver', 'otelcol_receiver_refused_spans'),
        legend: 'refused {{receiver}}',
      },
      {
        expr: perSecondBy('exporter', 'otelcol_exporter_send_failed_spans'),
        legend: 'not handed on {{exporter}}',
      },
      {
        expr: perSecondBy('exporter', 'otelcol_exporter_enqueue_failed_spans'),
        legend: 'no place {{exporter}}',
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Queue of the collector',
    says: 'How full the queue of each exporter is. Near 1, what comes next is lost: the backend behind it is slow, or the collector is too small.',
    unit: 'percentunit',
    width: 24,
    alerts: ['CollectorQueueNearlyFull'],
    noValue: NONE,
    queries: [
      {
        expr: 'max by (exporter) (otelcol_exporter_queue_size) / max by (exporter) (otelcol_exporter_queue_capacity)',
        legend: '{{exporter}}',
      },
    ],
  }),
]
