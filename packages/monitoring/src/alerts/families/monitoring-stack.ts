import type { Ownership } from '../../ownership.ts'
import { THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet, type RuleDraft } from '../build-rule.ts'
import { constant, counting, testSeries } from '../test-series.ts'

type Draft = Pick<RuleDraft, 'alert' | 'expr' | 'for' | 'summary' | 'description' | 'cases'>

/** The collector, Prometheus and Alertmanager: the org's default team is told when one of them is not well. */
export function monitoringAlerts(ownership: Ownership): AlertRule[] {
  const { team } = ownership.catalog.org.defaultTeam
  const drafts = [
    collectorDown(),
    exportFailing(),
    queueNearlyFull(),
    refusing(),
    ruleEvaluationFailing(),
    notificationsFailing(),
    configReloadFailing(),
    alertUnrouted([...ownership.catalog.teams.keys()].toSorted()),
    watchdog(),
  ]
  return drafts.map(draft =>
    buildRule(ownership, {
      ...draft,
      team,
      service: 'all',
      decidedBy: ['org.defaultTeam'],
      traces: '{ status = error }',
      logs: '{service_name=~".+"}',
    }),
  )
}

const COLLECTOR = 'collector'

function collectorDown(): Draft {
  const up = (value: number): TestSeries[] => [
    testSeries('up', { instance: 'a:8888', job: COLLECTOR }, constant(value)),
    testSeries('up', { instance: 'b:8888', job: COLLECTOR }, constant(0)),
  ]
  return {
    alert: 'CollectorDown',
    expr: `max by (job) (up{job="${COLLECTOR}"}) == 0`,
    for: '5m',
    summary: 'No collector answers',
    description:
      'Traces and logs of every service are being lost once the queues of the services are full.',
    cases: {
      firing: firing('none of two answers', '5m', up(0), 0, { job: COLLECTOR }),
      quiet: quiet('one of two answers', '5m', up(1)),
    },
  }
}

/** Rate of a counter of the Collector under both names that its versions give it. */
const collectorRate = (name: string, by: string): string =>
  `sum by (${by}) (rate(${name}[5m]) or rate(${name}_total[5m]))`

function exportFailing(): Draft {
  const labels = { exporter: 'otlp', job: COLLECTOR }
  const feed = (perMinute: number): TestSeries[] => [
    testSeries(
      'otelcol_exporter_send_failed_spans_total',
      { ...labels, instance: 'a:8888' },
      counting(perMinute),
    ),
  ]
  return {
    alert: 'CollectorExportFailing',
    expr: `${collectorRate('otelcol_exporter_send_failed_spans', 'job, exporter')} > 0`,
    for: '5m',
    summary:
      'The collector fails to hand on {{ $value | humanize }} spans a second to {{ $labels.exporter }}',
    description: 'It had tried again for as long as it may, so these spans are lost.',
    cases: {
      firing: firing('six a minute', '15m', feed(6), 0.1, labels),
      quiet: quiet('none', '15m', feed(0)),
    },
  }
}

function queueNearlyFull(): Draft {
  const { value: limit, for: hold } = THRESHOLDS.CollectorQueueNearlyFull
  const labels = { exporter: 'otlp', job: COLLECTOR }
  const feed = (size: number): TestSeries[] => [
    testSeries('otelcol_exporter_queue_size', { ...labels, instance: 'a:8888' }, constant(size)),
    testSeries(
      'otelcol_exporter_queue_capacity',
      { ...labels, instance: 'a:8888' },
      constant(1000),
    ),
  ]
  return {
    alert: 'CollectorQueueNearlyFull',
    expr: `max by (job, exporter) (otelcol_exporter_queue_size / otelcol_exporter_queue_capacity) > ${limit}`,
    for: hold,
    summary:
      'The queue of the collector for {{ $labels.exporter }} is {{ $value | humanizePercentage }} full',
    description: 'When it is full, telemetry is lost.',
    cases: {
      firing: firing('900 of 1,000', hold, feed(900), 0.9, labels),
      quiet: quiet('800 of 1,000', hold, feed(800)),
    },
  }
}

function refusing(): Draft {
  const labels = { job: COLLECTOR, receiver: 'otlp' }
  const feed = (perMinute: number): TestSeries[] => [
    testSeries(
      'otelcol_receiver_refused_spans_total',
      { ...labels, instance: 'a:8888' },
      counting(perMinute),
    ),
  ]
  return {
    alert: 'CollectorRefusing',
    expr: `${collectorRate('otelcol_receiver_refused_spans', 'job, receiver')} > 0`,
    for: '10m',
    summary: 'The collector refuses {{ $value | humanize }} spans a second',
    description: 'It protects its memory, or what comes after it is full.',
    cases: {
      firing: firing('six a minute', '20m', feed(6), 0.1, labels),
      quiet: quiet('none', '20m', feed(0)),
    },
  }
}

function ruleEvaluationFailing(): Draft {
  const labels = { job: 'prometheus', rule_group: 'alerts.rules.yaml;web' }
  const metric = 'prometheus_rule_evaluation_failures_total'
  const feed = (perMinute: number): TestSeries[] => [
    testSeries(metric, { ...labels, instance: 'a:9090' }, counting(perMinute)),
  ]
  return {
    alert: 'RuleEvaluationFailing',
    expr: `sum by (job, rule_group) (rate(${metric}[5m])) > 0`,
    for: '5m',
    summary: 'Prometheus cannot evaluate rules of {{ $labels.rule_group }}',
    description: 'Alerts of that group do not fire, whatever happens.',
    cases: {
      firing: firing('one a minute', '15m', feed(1), 1 / 60, labels),
      quiet: quiet('none', '15m', feed(0)),
    },
  }
}

/** Between one and two, since increase() extrapolates: one failure alone is tried again, and may succeed. */
const MORE_THAN_ONE = 1.5

function notificationsFailing(): Draft {
  const metric = 'alertmanager_notifications_failed_total'
  const failures = (values: string): TestSeries[] => [
    testSeries(
      metric,
      { instance: 'a:9093', integration: 'pagerduty', job: 'alertmanager' },
      values,
    ),
  ]
  // A notice that cannot be delivered is tried again after an hour: two failures may be that far apart.
  const failed = `sum by (integration) (increase(${metric}[2h]))`
  const dropped = 'sum by (integration) (increase(prometheus_notifications_dropped_total[15m]))'
  return {
    alert: 'NotificationsFailing',
    expr: `${failed} > ${MORE_THAN_ONE} or ${dropped} > ${MORE_THAN_ONE}`,
    for: undefined,
    summary: 'Notifications by {{ $labels.integration }} are not delivered',
    description:
      'Somebody who should be told is not. Without an integration, Prometheus cannot reach Alertmanager.',
    cases: {
      firing: firing('two within an hour', '120m', failures('0+0x29 1+0x59 2+0x60'), 2, {
        integration: 'pagerduty',
      }),
      quiet: quiet('one', '120m', failures('0+0x29 1+0x120')),
    },
  }
}

function configReloadFailing(): Draft {
  const labels = { instance: 'a:9093', job: 'alertmanager' }
  const reloaded = (value: number): TestSeries[] => [
    testSeries('alertmanager_config_last_reload_successful', labels, constant(value)),
  ]
  return {
    alert: 'ConfigReloadFailing',
    expr: 'min by (job, instance) (prometheus_config_last_reload_successful) == 0 or min by (job, instance) (alertmanager_config_last_reload_successful) == 0',
    for: '5m',
    summary: '{{ $labels.job }} at {{ $labels.instance }} could not read its configuration',
    description: 'It goes on with the one that it had, and will not start again with the new one.',
    cases: {
      firing: firing('the last reload failed', '5m', reloaded(0), 0, labels),
      quiet: quiet('the last reload succeeded', '5m', reloaded(1)),
    },
  }
}

function alertUnrouted(teams: readonly string[]): Draft {
  const stray = (team: string): TestSeries[] => [
    testSeries(
      'ALERTS',
      { alertname: 'DiskFull', alertstate: 'firing', instance: 'a:9100', severity: 'page', team },
      constant(1),
    ),
  ]
  return {
    alert: 'AlertUnrouted',
    // The name goes into a label of its own: the rule's would take its place.
    expr: `sum by (unrouted) (label_replace(ALERTS{alertname!="AlertUnrouted",alertstate="firing",team!~"${teams.join('|')}"}, "unrouted", "$1", "alertname", "(.*)")) > 0`,
    for: undefined,
    summary: 'The alert {{ $labels.unrouted }} fires, and names no team of the catalog',
    description: 'It has gone to the receiver "unrouted". Give its rule the label team.',
    cases: {
      firing: firing('a team that is not in the catalog', '5m', stray('ghosts'), 1, {
        unrouted: 'DiskFull',
      }),
      quiet: quiet('a team of the catalog', '5m', stray(teams[0] ?? '')),
    },
  }
}

function watchdog(): Draft {
  return {
    alert: 'Watchdog',
    expr: 'vector(1)',
    for: '1m',
    summary: 'Alerting works',
    description:
      'This alert always fires. Whoever gets it must raise the alarm when it stops coming.',
    cases: {
      firing: firing('always', '5m', [], 1),
      quiet: quiet('Prometheus has just started', '0m', []),
    },
  }
}
