import {
  METRIC_NODEJS_EVENTLOOP_DELAY_P99,
  METRIC_NODEJS_EVENTLOOP_UTILIZATION,
  METRIC_TARGET_INFO,
  METRIC_V8JS_GC_DURATION,
  METRIC_V8JS_MEMORY_HEAP_LIMIT,
  METRIC_V8JS_MEMORY_HEAP_USED,
} from '@throughline/conventions'
import { holderOf } from '../../partition/shares.ts'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet, type RuleDraft } from '../build-rule.ts'
import { constant, counting, testSeries } from '../test-series.ts'
import {
  listServices,
  logsOf,
  pageIfCritical,
  pageUnlessMinor,
  type ServiceScope,
  tracesOf,
} from './service-scope.ts'

type Draft = Omit<RuleDraft, 'team' | 'service' | 'decidedBy' | 'traces' | 'logs' | 'variables'>

/** The processes of a service: whether they are there, their event loop, their heap. */
export function runtimeAlerts(scope: ServiceScope): AlertRule[] {
  const { ownership, name } = scope
  const fix = holderOf(ownership.resolver, name, 'productionFix')
  const performance = holderOf(ownership.resolver, name, 'performance')
  const build = ({ team, decidedBy }: typeof fix, draft: Draft): AlertRule =>
    buildRule(ownership, {
      ...draft,
      team,
      service: name,
      decidedBy: [decidedBy],
      traces: tracesOf(name, 'duration > 1s'),
      logs: logsOf(name),
      variables: { service: name },
    })
  return [
    build(fix, telemetryMissing(scope)),
    build(fix, instanceChurn(scope)),
    build(fix, heapNearLimit(scope)),
    build(performance, heapGrowing(name)),
    build(performance, gcTimeHigh(name)),
    build(performance, eventLoopDelayHigh(name)),
    build(performance, eventLoopSaturated(name)),
  ]
}

const INSTANCE = 'a:9464'
const instanceLabels = (job: string): Record<string, string> => ({ instance: INSTANCE, job })

const teamOf = ({ ownership, name }: ServiceScope): string =>
  holderOf(ownership.resolver, name, 'productionFix').team

function telemetryMissing(scope: ServiceScope): Draft {
  const { ownership, name } = scope
  const hold = THRESHOLDS.ServiceTelemetryMissing.for
  const target = (job: string): TestSeries =>
    testSeries(METRIC_TARGET_INFO.name, { job }, constant(1))
  // Services of the same team, whose alerts are in the same file, would be missing as well.
  const others = listServices(ownership)
    .filter(other => other.name !== name && teamOf(other) === teamOf(scope))
    .map(other => target(other.name))
  return {
    alert: 'ServiceTelemetryMissing',
    expr: `absent(${METRIC_TARGET_INFO.name}{job="${name}"})`,
    for: hold,
    severity: pageUnlessMinor(scope),
    summary: `${name} sends no metrics`,
    description: `No process of the service was seen for ${hold}: it is down, or cannot be scraped. Its other alerts are blind.`,
    cases: {
      firing: firing('no process is there', hold, others, 1, { job: name }),
      quiet: quiet('a process is there', hold, [target(name), ...others]),
    },
  }
}

function instanceChurn(scope: ServiceScope): Draft {
  const { name } = scope
  const { value: limit, for: hold } = THRESHOLDS.InstanceChurn
  const target = METRIC_TARGET_INFO.name
  const seen = `count by (job) (count by (job, service_instance_id) (last_over_time(${target}{job="${name}"}[30m])))`
  const live = `count by (job) (count by (job, service_instance_id) (${target}{job="${name}"}))`
  const gone = (count: number): TestSeries[] => [
    testSeries(target, { job: name, service_instance_id: 'live' }, constant(1)),
    ...Array.from({ length: count }, (_, index) =>
      testSeries(target, { job: name, service_instance_id: `gone-${index}` }, '1 1 1 stale'),
    ),
  ]
  return {
    alert: 'InstanceChurn',
    expr: `(${seen} - ${live}) / ${live} > ${limit}`,
    for: hold,
    severity: pageIfCritical(scope),
    summary: `Each process of ${name} was replaced {{ $value | humanize }} times within 30 minutes`,
    description: `More than ${limit} times is more than deployments do: they crash, are killed for their memory, or fail their health check.`,
    cases: {
      firing: firing('one process lives, and three came and went', '15m', gone(3), 3, {
        job: name,
      }),
      quiet: quiet('one process lives, and two came and went', '15m', gone(2)),
    },
  }
}

const used = (job: string): string =>
  `sum by (job, instance) (${METRIC_V8JS_MEMORY_HEAP_USED.name}{job="${job}"})`
const limitOf = (job: string): string =>
  `max by (job, instance) (${METRIC_V8JS_MEMORY_HEAP_LIMIT.name}{job="${job}"})`
const heap = (job: string, values: string): TestSeries[] => [
  testSeries(
    METRIC_V8JS_MEMORY_HEAP_USED.name,
    { ...instanceLabels(job), v8js_heap_space_name: 'old_space' },
    values,
  ),
  testSeries(METRIC_V8JS_MEMORY_HEAP_LIMIT.name, instanceLabels(job), constant(100)),
]

function heapNearLimit(scope: ServiceScope): Draft {
  const { name } = scope
  const { value: limit, for: hold } = THRESHOLDS.HeapNearLimit
  return {
    alert: 'HeapNearLimit',
    expr: `${used(name)} / ${limitOf(name)} > ${limit}`,
    for: hold,
    severity: pageUnlessMinor(scope),
    summary: `{{ $labels.instance }} of ${name} uses {{ $value | humanizePercentage }} of its heap`,
    description: `Over ${limit * 100} % for ${hold}: it will soon spend its time on garbage collection, then die with "JavaScript heap out of memory".`,
    cases: {
      firing: firing(
        '91 of 100 bytes are used',
        hold,
        heap(name, constant(91)),
        0.91,
        instanceLabels(name),
      ),
      quiet: quiet('90 of 100 bytes are used', hold, heap(name, constant(90))),
    },
  }
}

function heapGrowing(name: string): Draft {
  const { value: limit, for: hold } = THRESHOLDS.HeapGrowing
  const { heapHorizonHours: hours } = GUARDS
  const predicted = `predict_linear((${used(name)})[1h:5m], ${hours} * 3600)`
  return {
    alert: 'HeapGrowing',
    expr: `${used(name)} / ${limitOf(name)} > ${limit} and ${predicted} > ${limitOf(name)}`,
    for: hold,
    summary: `{{ $labels.instance }} of ${name} will be out of heap within ${hours} hours`,
    description: `It uses {{ $value | humanizePercentage }} of its heap, and grows as fast as that for an hour.`,
    cases: {
      firing: firing(
        'from 52 of 100 bytes, a fifth of a byte more each minute',
        '100m',
        heap(name, '52+0.2x200'),
        0.72,
        instanceLabels(name),
      ),
      quiet: quiet(
        'from 52 of 100 bytes, a tenth of a byte more each minute',
        '100m',
        heap(name, '52+0.1x200'),
      ),
      guards: [
        quiet('it grows fast, and half of the heap is free', '100m', heap(name, '0+0.45x200')),
      ],
    },
  }
}

function gcTimeHigh(name: string): Draft {
  const { value: limit, for: hold } = THRESHOLDS.GcTimeHigh
  const metric = `${METRIC_V8JS_GC_DURATION.name}_sum`
  const gc = (secondsPerMinute: number): TestSeries[] => [
    testSeries(
      metric,
      { ...instanceLabels(name), v8js_gc_type: 'major' },
      counting(secondsPerMinute),
    ),
  ]
  return {
    alert: 'GcTimeHigh',
    expr: `sum by (job, instance) (rate(${metric}{job="${name}"}[5m])) > ${limit}`,
    for: hold,
    summary: `{{ $labels.instance }} of ${name} spends {{ $value | humanizePercentage }} of its time on garbage collection`,
    description: `Over ${limit * 100} %: nothing else runs in that time.`,
    cases: {
      firing: firing('9 s of each minute', '20m', gc(9), 0.15, instanceLabels(name)),
      quiet: quiet('6 s of each minute', '20m', gc(6)),
    },
  }
}

function eventLoopDelayHigh(name: string): Draft {
  const { value: limit, for: hold } = THRESHOLDS.EventLoopDelayHigh
  const metric = METRIC_NODEJS_EVENTLOOP_DELAY_P99.name
  const delay = (seconds: number): TestSeries[] => [
    testSeries(metric, instanceLabels(name), constant(seconds)),
  ]
  return {
    alert: 'EventLoopDelayHigh',
    expr: `max by (job, instance) (${metric}{job="${name}"}) > ${limit}`,
    for: hold,
    summary: `The event loop of {{ $labels.instance }} of ${name} answers {{ $value | humanizeDuration }} late`,
    description: `That is its 99th percentile; over ${limit} s every request of the process waits. Something computes, or parses, for long at a time.`,
    cases: {
      firing: firing('half a second', hold, delay(0.5), 0.5, instanceLabels(name)),
      quiet: quiet('a quarter of a second', hold, delay(limit)),
    },
  }
}

function eventLoopSaturated(name: string): Draft {
  const { value: limit, for: hold } = THRESHOLDS.EventLoopSaturated
  const metric = METRIC_NODEJS_EVENTLOOP_UTILIZATION.name
  const busy = (share: number): TestSeries[] => [
    testSeries(metric, instanceLabels(name), constant(share)),
  ]
  return {
    alert: 'EventLoopSaturated',
    expr: `avg by (job, instance) (${metric}{job="${name}"}) > ${limit}`,
    for: hold,
    summary: `The event loop of {{ $labels.instance }} of ${name} is busy {{ $value | humanizePercentage }} of the time`,
    description: `Over ${limit * 100} % for ${hold}: the process has no more to give. More processes, or less work for each request.`,
    cases: {
      firing: firing('95 % of the time', hold, busy(0.95), 0.95, instanceLabels(name)),
      quiet: quiet('90 % of the time', hold, busy(limit)),
    },
  }
}
