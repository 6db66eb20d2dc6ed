import {
  METRIC_PROCESS_RESIDENT_MEMORY,
  METRIC_V8JS_GC_DURATION,
  METRIC_V8JS_MEMORY_HEAP_LIMIT,
  METRIC_V8JS_MEMORY_HEAP_USED,
} from '@throughline/conventions'
import { type Matchers, series } from '../../promql.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { quantile, sumBy, sumPerSecond } from '../queries.ts'
import { INSTANCE_LEGEND } from './event-loop.ts'

const BY_PROCESS = 'job, instance'

/** What memory is used, and what its collection costs. */
export function memoryPanels(scope: DashboardScope, chosen: Matchers): Panel[] {
  const used = sumBy(BY_PROCESS, series(METRIC_V8JS_MEMORY_HEAP_USED.name, chosen))
  const limit = `max by (${BY_PROCESS}) (${series(METRIC_V8JS_MEMORY_HEAP_LIMIT.name, chosen)})`
  return [
    createTimeSeries(scope, {
      title: 'Heap used of its limit',
      says: 'At 1 the process dies. A line that climbs from restart to restart is a leak: take two heap snapshots and compare. One that is high and flat needs a higher --max-old-space-size.',
      unit: 'percentunit',
      width: 12,
      alerts: ['HeapNearLimit', 'HeapGrowing'],
      queries: [{ expr: `${used} / ${limit}`, legend: INSTANCE_LEGEND }],
    }),
    createTimeSeries(scope, {
      title: 'Memory',
      says: 'Heap that is used, and all that the process occupies. Growth of the second alone is outside of the heap: buffers, native modules, or threads.',
      unit: 'bytes',
      width: 12,
      queries: [
        { expr: used, legend: `${INSTANCE_LEGEND} heap` },
        {
          expr: sumBy(BY_PROCESS, series(METRIC_PROCESS_RESIDENT_MEMORY.name, chosen)),
          legend: `${INSTANCE_LEGEND} all`,
        },
      ],
    }),
    createTimeSeries(scope, {
      title: 'Time on garbage collection',
      says: 'Share of the time that a process collects garbage. Over the limit it does little else: it is near its heap limit, or makes very many short-lived objects.',
      unit: 'percentunit',
      width: 12,
      alerts: ['GcTimeHigh'],
      noValue: 'Nothing was collected',
      queries: [
        {
          expr: sumBy(BY_PROCESS, sumPerSecond(METRIC_V8JS_GC_DURATION, chosen)),
          legend: INSTANCE_LEGEND,
        },
      ],
    }),
    createTimeSeries(scope, {
      title: 'Longest collections',
      says: '99th percentile of the time one collection takes, by kind. Nothing else runs meanwhile. Major ones that take long mean a large heap that is alive.',
      unit: 's',
      width: 12,
      noValue: 'Nothing was collected',
      queries: [
        {
          expr: quantile(0.99, METRIC_V8JS_GC_DURATION, chosen, 'job, v8js_gc_type'),
          legend: '{{v8js_gc_type}}',
        },
      ],
    }),
  ]
}
