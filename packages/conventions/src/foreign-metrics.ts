import type { MetricDefinition } from './metrics.ts'

/** A metric of another program that our rules and dashboards read. */
export interface ForeignMetric {
  /** Name as Prometheus keeps it; `_bucket`, `_sum` and `_count` of a histogram not included. */
  readonly name: string
  readonly type: MetricDefinition['type']
  /** The program that exposes it. */
  readonly from: 'prometheus' | 'alertmanager' | 'collector'
  readonly meaning: string
}

const gauge = (from: ForeignMetric['from'], name: string, meaning: string): ForeignMetric => ({
  name,
  type: 'gauge',
  from,
  meaning,
})
const counter = (from: ForeignMetric['from'], name: string, meaning: string): ForeignMetric => ({
  name,
  type: 'counter',
  from,
  meaning,
})

/** Counters of the Collector have `_total` in some versions and not in others; rules name both. */
const collectorCounter = (name: string, meaning: string): ForeignMetric[] => [
  counter('collector', name, meaning),
  counter('collector', `${name}_total`, meaning),
]

// An entry of its own: no application at start should load what only tooling asks for.

/** Every metric that is read and not served by Throughline, by the program it comes from. */
export const FOREIGN_METRICS: readonly ForeignMetric[] = [
  gauge('prometheus', 'up', '1 while a target answers to a scrape, else 0.'),
  gauge('prometheus', 'scrape_samples_scraped', 'Samples that a target gave at its last scrape.'),
  gauge('prometheus', 'scrape_duration_seconds', 'Time that the last scrape of a target took.'),
  gauge('prometheus', 'ALERTS', '1 for each alert that is pending or firing, with its labels.'),
  counter(
    'prometheus',
    'prometheus_rule_evaluation_failures_total',
    'Rules that could not be evaluated.',
  ),
  counter(
    'prometheus',
    'prometheus_notifications_dropped_total',
    'Alerts that Prometheus could not hand to any Alertmanager.',
  ),
  gauge(
    'prometheus',
    'prometheus_config_last_reload_successful',
    '1 when the configuration in use is the newest, else 0.',
  ),
  gauge('prometheus', 'prometheus_tsdb_head_series', 'Series that Prometheus holds in memory.'),
  counter(
    'alertmanager',
    'alertmanager_notifications_total',
    'Notifications that were tried, by integration.',
  ),
  counter(
    'alertmanager',
    'alertmanager_notifications_failed_total',
    'Notifications that could not be delivered, by integration.',
  ),
  gauge(
    'alertmanager',
    'alertmanager_config_last_reload_successful',
    '1 when the configuration in use is the newest, else 0.',
  ),
  gauge('alertmanager', 'alertmanager_alerts', 'Alerts that Alertmanager holds, by state.'),
  ...collectorCounter('otelcol_receiver_accepted_spans', 'Spans that the collector took in.'),
  ...collectorCounter('otelcol_receiver_refused_spans', 'Spans that the collector refused.'),
  ...collectorCounter('otelcol_exporter_sent_spans', 'Spans that the collector handed on.'),
  ...collectorCounter(
    'otelcol_exporter_send_failed_spans',
    'Spans that the collector failed to hand on.',
  ),
  ...collectorCounter(
    'otelcol_exporter_enqueue_failed_spans',
    'Spans that found no place in the queue of an exporter.',
  ),
  gauge(
    'collector',
    'otelcol_exporter_queue_size',
    'Batches that wait in the queue of an exporter.',
  ),
  gauge(
    'collector',
    'otelcol_exporter_queue_capacity',
    'Batches that the queue of an exporter takes.',
  ),
]
