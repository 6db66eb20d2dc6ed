import { errorLogsOf, logsOf, tracesOf } from '../../alerts/families/service-scope.ts'
import { THRESHOLDS } from '../../thresholds.ts'
import { logLink, variable } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createLogs, createTraces } from '../panels/plain-panels.ts'

const SERVICE = '$service'

/** Requests that failed or were slow, and the log lines of the service. `conditions` are TraceQL that narrows the requests. */
export function traceAndLogPanels(
  scope: DashboardScope,
  conditions: readonly string[] = [],
): Panel[] {
  const traces = (condition: string): string =>
    tracesOf(SERVICE, 'kind = server', condition, ...conditions)
  const { value: slow } = THRESHOLDS.HttpLatencyHigh
  return [
    createTraces(scope, {
      title: 'Failed requests',
      says: 'The newest requests that failed. Open one: the span that is marked as failed and lies deepest is where it began.',
      width: 12,
      alerts: ['HttpErrorRatioHigh'],
      noValue: 'No failed request',
      query: traces('status = error'),
    }),
    createTraces(scope, {
      title: 'Slow requests',
      says: `The newest requests that took more than ${slow} s. Open one: the longest span without children is what was waited for.`,
      width: 12,
      alerts: ['HttpLatencyHigh'],
      noValue: 'No slow request',
      query: traces(`duration > ${slow}s`),
    }),
    createLogs(scope, {
      title: 'Errors in the logs',
      says: 'Log lines of level error and worse, of the whole service. A line with a trace id opens its trace.',
      width: 24,
      links: [logLink(scope, 'All logs of this service', logsOf(variable('service')))],
      noValue: 'No error was logged',
      query: errorLogsOf(SERVICE),
    }),
  ]
}
