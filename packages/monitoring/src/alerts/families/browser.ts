import {
  ATTR_THROUGHLINE_NEXT_KIND,
  METRIC_THROUGHLINE_BROWSER_ERRORS,
  METRIC_THROUGHLINE_WEB_VITAL_DURATION,
} from '@throughline/conventions'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import { counting, testSeries } from '../test-series.ts'
import { METHODS, overFiveMinutes, PATH, sharePaths } from './owner-shares.ts'
import { errorLogsOf, routeVariables, type ServiceScope, tracesOf } from './service-scope.ts'

/** What fails where no server sees it. */
export function browserAlerts(scope: ServiceScope): AlertRule[] {
  const { ownership, name, service } = scope
  if (service.kind !== 'next') return []
  const { value: limit, for: hold } = THRESHOLDS.BrowserErrorsHigh
  const errorsMetric = METRIC_THROUGHLINE_BROWSER_ERRORS.name
  const loadsMetric = `${METRIC_THROUGHLINE_WEB_VITAL_DURATION.name}_count`
  const by = 'job, http_route'
  return sharePaths(scope, 'productionFix', METHODS.loading).map(share => {
    const labels = { job: name, http_route: share.sample.route }
    const errors = overFiveMinutes('rate', errorsMetric, { job: name }, share, by)
    // Each load of a page tells it once.
    const loads = overFiveMinutes('rate', loadsMetric, { job: name, vital: 'ttfb' }, share, by)
    const feed = (errorsPerMinute: number, loadsPerMinute: number): TestSeries[] => [
      testSeries(errorsMetric, labels, counting(errorsPerMinute)),
      testSeries(loadsMetric, { ...labels, vital: 'ttfb' }, counting(loadsPerMinute)),
      testSeries(loadsMetric, { ...labels, vital: 'lcp' }, counting(loadsPerMinute)),
    ]
    return buildRule(ownership, {
      alert: 'BrowserErrorsHigh',
      team: share.team,
      service: name,
      decidedBy: share.decidedBy,
      labels: share.labels,
      expr: `${errors} / (${loads} > ${GUARDS.requestsPerSecond}) > ${limit}`,
      for: hold,
      summary: `${PATH} of ${name} fails in the browser, {{ $value | humanizePercentage }} as often as it is loaded`,
      description: `Errors that nothing in the page handles: over ${limit * 100} for every hundred loads.`,
      traces: tracesOf(name, `span.${ATTR_THROUGHLINE_NEXT_KIND} = "browser"`, 'status = error'),
      logs: errorLogsOf(name),
      variables: routeVariables(name),
      cases: {
        firing: firing('six errors in 60 loads', '15m', feed(6, 60), 0.1, labels),
        quiet: quiet('three errors in 60 loads, no more', '15m', feed(3, 60)),
        guards: [quiet('hardly anybody loads it', '15m', feed(3, 3))],
      },
    })
  })
}
