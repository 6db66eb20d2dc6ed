import {
  METRIC_THROUGHLINE_LOGS_DROPPED,
  METRIC_THROUGHLINE_SERIES_OVERFLOW,
  METRIC_THROUGHLINE_SPANS_DROPPED,
} from '@throughline/conventions'
import { holderOf } from '../../partition/shares.ts'
import { series } from '../../promql.ts'
import { THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet, type RuleDraft } from '../build-rule.ts'
import { constant, counting, testSeries } from '../test-series.ts'
import { logsOf, type ServiceScope, tracesOf } from './service-scope.ts'

type Draft = Pick<RuleDraft, 'alert' | 'expr' | 'for' | 'summary' | 'description' | 'cases'>

/** What a service loses or overdoes of its own telemetry. */
export function telemetryAlerts({ ownership, name }: ServiceScope): AlertRule[] {
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'telemetry')
  return [spansDropped, logsDropped, seriesOverflow, cardinalityHigh].map(draft =>
    buildRule(ownership, {
      ...draft(name),
      team,
      service: name,
      decidedBy: [decidedBy],
      traces: tracesOf(name),
      logs: logsOf(name),
      variables: { service: name },
    }),
  )
}

const spansDropped = (name: string): Draft => ({
  ...dropped('SpansDropped', METRIC_THROUGHLINE_SPANS_DROPPED.name, name),
  summary: `${name} loses {{ $value | humanize }} spans a second: {{ $labels.reason }}`,
  description: 'Traces of the service have holes. The collector cannot be reached, or is too slow.',
})

const logsDropped = (name: string): Draft => ({
  ...dropped('LogsDropped', METRIC_THROUGHLINE_LOGS_DROPPED.name, name),
  summary: `${name} loses {{ $value | humanize }} log lines a second: {{ $labels.reason }}`,
  description:
    'What the service says is not kept. Whoever reads its output, or the collector, is too slow or gone.',
})

/** What both have in common: the least loss is told, once for each reason. */
function dropped(
  alert: 'SpansDropped' | 'LogsDropped',
  metric: string,
  name: string,
): Pick<Draft, 'alert' | 'expr' | 'for' | 'cases'> {
  const { value: limit, for: hold } = THRESHOLDS[alert]
  const labels = { job: name, reason: 'queue_full' }
  const feed = (perMinute: number): TestSeries[] => [
    testSeries(metric, labels, counting(perMinute)),
  ]
  return {
    alert,
    expr: `sum by (job, reason) (rate(${series(metric, { job: name })}[5m])) > ${limit}`,
    for: hold,
    cases: {
      firing: firing('six a minute', '20m', feed(6), 0.1, labels),
      quiet: quiet('none', '20m', feed(0)),
    },
  }
}

function seriesOverflow(name: string): Draft {
  const { value: limit, for: hold } = THRESHOLDS.SeriesOverflow
  const metric = METRIC_THROUGHLINE_SERIES_OVERFLOW.name
  const labels = { job: name, metric: 'http_server_request_duration_seconds' }
  const feed = (perMinute: number): TestSeries[] => [
    testSeries(metric, labels, counting(perMinute)),
  ]
  return {
    alert: 'SeriesOverflow',
    expr: `sum by (job, metric) (rate(${series(metric, { job: name })}[5m])) > ${limit}`,
    for: hold,
    summary: `{{ $labels.metric }} of ${name} has as many series as it may`,
    description:
      '{{ $value | humanize }} measurements a second are counted in its overflow series, without their labels. A label has too many values.',
    cases: {
      firing: firing('six a minute', '20m', feed(6), 0.1, labels),
      quiet: quiet('none', '20m', feed(0)),
    },
  }
}

function cardinalityHigh(name: string): Draft {
  const { value: limit, for: hold } = THRESHOLDS.CardinalityHigh
  const scraped = (samples: number): TestSeries[] => [
    testSeries('scrape_samples_scraped', { instance: 'a:9464', job: name }, constant(samples)),
  ]
  return {
    alert: 'CardinalityHigh',
    expr: `max by (job) (${series('scrape_samples_scraped', { job: name })}) > ${limit}`,
    for: hold,
    summary: `A process of ${name} exposes {{ $value | humanize }} samples`,
    description: `More than ${limit}. Each is kept by Prometheus for every process, and paid for.`,
    cases: {
      firing: firing('twice as many', hold, scraped(limit * 2), limit * 2, { job: name }),
      quiet: quiet('as many as may be', hold, scraped(limit)),
    },
  }
}
