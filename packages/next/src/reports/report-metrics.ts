import {
  HTTP_ROUTE_VALUE_UNMATCHED,
  METRIC_THROUGHLINE_BROWSER_ERRORS,
  METRIC_THROUGHLINE_BROWSER_REPORTS_REFUSED,
  METRIC_THROUGHLINE_WEB_VITAL_DURATION,
  METRIC_THROUGHLINE_WEB_VITAL_LAYOUT_SHIFT,
} from '@throughline/conventions'
import type { BrowserIntake } from '@throughline/node/runtime'
import type { SpanContext } from '@opentelemetry/api'
import type { BrowserReport } from '../client/report.ts'
import type { Refusal } from './refusal.ts'

/** Measures what browsers report. */
export interface ReportMetrics {
  count(report: BrowserReport, page: SpanContext): void
  countRefused(refusal: Refusal): void
}

/** Makes {@link ReportMetrics}. Its routes are those of the catalog: what a browser calls its page is no label. */
export function createReportMetrics({
  metrics,
  resolver,
  service,
}: Pick<BrowserIntake, 'metrics' | 'resolver' | 'service'>): ReportMetrics {
  const durations = metrics.instrument(METRIC_THROUGHLINE_WEB_VITAL_DURATION)
  const shifts = metrics.instrument(METRIC_THROUGHLINE_WEB_VITAL_LAYOUT_SHIFT)
  const errors = metrics.instrument(METRIC_THROUGHLINE_BROWSER_ERRORS)
  const refused = metrics.instrument(METRIC_THROUGHLINE_BROWSER_REPORTS_REFUSED)

  const routeOf = (path: string): string => {
    const { unowned, decidedBy } = resolver.route(service, 'GET', path)
    if (unowned === 'unlisted' || decidedBy === undefined) return HTTP_ROUTE_VALUE_UNMATCHED
    return decidedBy.rule.slice(decidedBy.rule.indexOf('/'))
  }
  return {
    count({ path, items }, { traceId, spanId, traceFlags }) {
      const exemplar = traceFlags === 0 ? undefined : { trace_id: traceId, span_id: spanId }
      for (const item of items) {
        if (item.kind === 'error') errors.add([routeOf(item.path)], 1)
        if (item.kind !== 'vital') continue
        const { name, value } = item
        if (name === 'cls') shifts.observe([routeOf(path)], value, exemplar)
        else durations.observe([routeOf(path), name], value / 1000, exemplar)
      }
    },
    countRefused: refusal => refused.add([refusal], 1),
  }
}
