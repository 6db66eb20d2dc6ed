import {
  METRIC_THROUGHLINE_BROWSER_ERRORS,
  METRIC_THROUGHLINE_WEB_VITAL_DURATION,
  METRIC_THROUGHLINE_WEB_VITAL_LAYOUT_SHIFT,
} from '@throughline/conventions'
import type { Matchers } from '../../promql.ts'
import { clickedLabel, routeLinks } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { countPerSecond, perSecond, quantile, share, sumBy } from '../queries.ts'

/** What visitors met, as their browsers tell; nothing where no service of the scope serves pages. */
export function browserPanels(scope: DashboardScope, chosen: Matchers): Panel[] {
  const { services } = scope.ownership.catalog
  if (!scope.services.some(name => services.get(name)?.kind === 'next')) return []
  const byPath = 'job, http_route'
  const loads = sumBy(
    byPath,
    countPerSecond(METRIC_THROUGHLINE_WEB_VITAL_DURATION, { ...chosen, vital: 'ttfb' }),
  )
  const errors = sumBy(byPath, perSecond(METRIC_THROUGHLINE_BROWSER_ERRORS.name, chosen))
  return [
    createTimeSeries(scope, {
      title: 'Web vitals',
      says: '75th percentile of what visitors waited for: the first byte, the first paint, the largest part of the page, and the answer to what they did. Good is up to 2.5 s for lcp and 0.2 s for inp.',
      unit: 's',
      width: 8,
      noValue: 'No browser has reported',
      queries: [
        {
          expr: quantile(0.75, METRIC_THROUGHLINE_WEB_VITAL_DURATION, chosen, 'job, vital'),
          legend: '{{vital}}',
          exemplars: true,
        },
      ],
    }),
    createTimeSeries(scope, {
      title: 'Layout shift',
      says: '75th percentile of how much pages move under their visitors, by route. Good is up to 0.1; beyond 0.25 people press what they did not mean to.',
      unit: 'short',
      width: 8,
      noValue: 'No browser has reported',
      links: routeLinks(scope, clickedLabel),
      queries: [
        {
          expr: `topk(10, ${quantile(0.75, METRIC_THROUGHLINE_WEB_VITAL_LAYOUT_SHIFT, chosen, byPath)})`,
          legend: '{{http_route}}',
        },
      ],
    }),
    createTimeSeries(scope, {
      title: 'Errors in the browser',
      says: 'Errors that nothing in the page handled, for each load of it, by route. After a release: what was released. Without one: a browser, an extension or somebody else’s script has changed.',
      unit: 'percentunit',
      width: 8,
      alerts: ['BrowserErrorsHigh'],
      noValue: 'No browser has reported',
      links: routeLinks(scope, clickedLabel),
      queries: [{ expr: `topk(10, ${share(errors, loads)})`, legend: '{{http_route}}' }],
    }),
  ]
}
