import type { AlertName } from '../../alerts/alert-list.ts'
import { BY_ROUTE, type Matchers } from '../../promql.ts'
import { clickedLabel, routeLinks } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { CALM, type Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { requests, status, sumBy } from '../queries.ts'

/** A way to turn a request away, and what it means. */
interface Refusal {
  readonly title: string
  readonly codes: readonly string[]
  readonly says: string
  readonly alerts: readonly AlertName[]
}

const REFUSALS: readonly Refusal[] = [
  {
    title: 'Not signed in (401)',
    codes: ['401'],
    says: 'Requests a second without a valid identity, by route. Many on a sign-in route: somebody guesses passwords. Many everywhere: tokens expire, or the issuer’s keys changed.',
    alerts: ['AuthFailuresSpike'],
  },
  {
    title: 'Not allowed (403)',
    codes: ['403'],
    says: 'Requests a second with an identity that may not do this, by route. On one route after a release: a rule is too strict. Over many routes: somebody tries doors.',
    alerts: ['AuthFailuresSpike'],
  },
  {
    title: 'Rate limited (429)',
    codes: ['429'],
    says: 'Requests a second that a rate limit rejected, by route. Look in the traces for who is rejected before a limit is raised.',
    alerts: ['RateLimitRejectionsHigh'],
  },
  {
    title: 'Invalid (400, 422)',
    codes: ['400', '422'],
    says: 'Requests a second that a schema rejected, by route. After a release: callers and schema no longer agree. Without one: somebody probes.',
    alerts: ['RequestValidationSpike'],
  },
]

/** Requests that were turned away, by route; lines at 0 where none was. */
export const refusedPanels = (scope: DashboardScope, chosen: Matchers, width: number): Panel[] =>
  REFUSALS.map(({ title, codes, says, alerts }) =>
    createTimeSeries(scope, {
      title,
      says,
      unit: 'reqps',
      width,
      alerts,
      steps: CALM,
      links: routeLinks(scope, clickedLabel),
      noValue: 'No requests',
      queries: [
        {
          expr: `topk(10, ${orZero(requests({ ...chosen, ...status(...codes) }), requests(chosen))})`,
          legend: '{{http_request_method}} {{http_route}}',
        },
      ],
    }),
  )

const orZero = (part: string, whole: string): string =>
  `${sumBy(BY_ROUTE, part)} or ${sumBy(BY_ROUTE, whole)} * 0`
