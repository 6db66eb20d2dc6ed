import {
  METRIC_PROCESS_CPU,
  METRIC_PROCESS_START_TIME,
  METRIC_TARGET_INFO,
} from '@throughline/conventions'
import { type Matchers, series } from '../../promql.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { NEUTRAL, type Panel } from '../panels/panel.ts'
import { createStat } from '../panels/stat.ts'
import { createTable } from '../panels/table.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { perSecond, sumBy } from '../queries.ts'
import { INSTANCE_LEGEND } from './event-loop.ts'

/** How many processes and versions there are. */
export const processNumbers = (scope: DashboardScope, chosen: Matchers, width: number): Panel[] => [
  createStat(scope, {
    title: 'Processes',
    says: 'Processes that serve metrics. Fewer than were deployed: one does not start, or cannot be reached by Prometheus.',
    unit: 'short',
    width,
    alerts: ['ServiceTelemetryMissing'],
    steps: NEUTRAL,
    noValue: 'None',
    query: { expr: `count by (job) (${info(chosen)})`, legend: 'processes' },
  }),
  createStat(scope, {
    title: 'Versions',
    says: 'Versions that run at once. More than one is normal while a release rolls out, and a release that stuck after that.',
    unit: 'short',
    width,
    alerts: ['VersionSkew', 'NewVersionLive'],
    steps: [
      { value: null, color: 'green' },
      { value: 2, color: 'orange' },
    ],
    noValue: 'None',
    query: {
      expr: `count by (job) (count by (job, service_version) (${info(chosen)}))`,
      legend: 'versions',
    },
  }),
  createStat(scope, {
    title: 'Replaced',
    says: 'How many times each process was replaced within 30 minutes. More than a release explains means that they crash: read the last lines of their logs.',
    unit: 'short',
    width,
    alerts: ['InstanceChurn'],
    noValue: 'None',
    query: { expr: replacements(chosen), legend: 'times' },
  }),
]

/** What each process uses, and since when it runs. */
export const processPanels = (scope: DashboardScope, chosen: Matchers): Panel[] => [
  createTimeSeries(scope, {
    title: 'Processor time',
    says: 'Seconds of processor time a second, by process. JavaScript runs on one core: near 1, a process is at its end even where the machine is not. More than 1 is threads, such as compression or crypto.',
    unit: 'short',
    width: 12,
    queries: [
      {
        expr: sumBy('job, instance', perSecond(METRIC_PROCESS_CPU.name, chosen)),
        legend: INSTANCE_LEGEND,
      },
    ],
  }),
  createTable(scope, {
    title: 'Running processes',
    says: 'Every process with its version and how long it runs. A young one among old ones has been restarted.',
    width: 12,
    labels: [
      { label: 'instance', title: 'Process' },
      { label: 'service_version', title: 'Version' },
    ],
    values: [
      {
        title: 'Runs for',
        expr: `max by (instance, service_version) ((time() - ${series(METRIC_PROCESS_START_TIME.name, chosen)}) * on (job, instance) group_left (service_version) ${info(chosen)})`,
        unit: 's',
      },
    ],
    sortBy: 'Runs for',
  }),
]

/** Processes that were there within half an hour and are no more, for each that lives. */
function replacements(chosen: Matchers): string {
  const countOf = (expr: string): string =>
    `count by (job) (count by (job, service_instance_id) (${expr}))`
  const live = countOf(info(chosen))
  return `(${countOf(`last_over_time(${info(chosen)}[30m])`)} - ${live}) / ${live}`
}

const info = (chosen: Matchers): string => series(METRIC_TARGET_INFO.name, chosen)
