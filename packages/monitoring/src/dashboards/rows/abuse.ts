import {
  METRIC_THROUGHLINE_AUDIENCE_MISMATCH,
  METRIC_THROUGHLINE_AUTH_FAILURES,
  METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE,
  METRIC_THROUGHLINE_REPLAYS_BLOCKED,
  METRIC_THROUGHLINE_TRACES_RESTARTED,
} from '@throughline/conventions'
import type { Matchers } from '../../promql.ts'
import { clickedLabel, routeLinks } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { CALM, type Panel } from '../panels/panel.ts'
import { createTimeSeries, type TimeSeriesText } from '../panels/time-series.ts'
import { perSecond, requests, select, sumBy } from '../queries.ts'

const BY_PATH = 'job, http_route'
const most = (expr: string): string => `topk(10, ${expr})`

/** What the services themselves count of those who are not who they say, or do what they may not; lines at 0 for none. */
export function abusePanels(scope: DashboardScope, chosen: Matchers): Panel[] {
  const orZero = (part: string, labels: string): string =>
    `${part} or on (${labels}) ${sumBy(labels, requests(chosen))} * 0`
  const counted = (metric: string, labels: string): string =>
    sumBy(labels, perSecond(metric, chosen))
  const panel = (text: Omit<TimeSeriesText, 'noValue'>): Panel =>
    createTimeSeries(scope, {
      ...text,
      links: routeLinks(scope, clickedLabel),
      noValue: 'No requests',
    })
  return [
    panel({
      title: 'Auth failures by reason',
      says: 'Requests a second that did not prove who they are, or may not do what they ask. Many invalid credentials: somebody guesses. Unverifiable ones are no fault of the caller: keys or their issuer cannot be reached.',
      unit: 'reqps',
      width: 12,
      stacked: true,
      alerts: ['TokenVerificationFailing', 'AuthFailuresSpike'],
      steps: CALM,
      queries: [
        {
          expr: orZero(counted(METRIC_THROUGHLINE_AUTH_FAILURES.name, 'job, reason'), 'job'),
          legend: '{{reason}}',
        },
      ],
    }),
    panel({
      title: 'Most failures of one source',
      says: 'How often the most eager source has failed within five minutes, by route. Which one it is stands in the traces alone, never in a metric.',
      unit: 'short',
      width: 12,
      alerts: ['AuthBruteForceSingleSource'],
      queries: [
        {
          expr: most(
            orZero(
              `max by (${BY_PATH}) (${select(METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE.name, chosen)})`,
              BY_PATH,
            ),
          ),
          legend: '{{http_route}}',
        },
      ],
    }),
    panel({
      title: 'Credentials of another audience',
      says: 'Requests a second whose credentials do not fit the audience of their route, such as a session on a route for partners. A steady line is a caller at the wrong door; a new one is somebody who tries doors.',
      unit: 'reqps',
      width: 8,
      alerts: ['AudienceMismatch'],
      steps: CALM,
      queries: [
        {
          expr: most(
            orZero(
              counted(METRIC_THROUGHLINE_AUDIENCE_MISMATCH.name, `${BY_PATH}, credential`),
              BY_PATH,
            ),
          ),
          legend: '{{http_route}} {{credential}}',
        },
      ],
    }),
    panel({
      title: 'Repeats that were blocked',
      says: 'Requests a second that had been answered before, by route. A few are what idempotency keys are for; many are a client in a loop, or somebody who sends again what he has overheard.',
      unit: 'reqps',
      width: 8,
      alerts: ['ReplaysBlocked'],
      steps: CALM,
      queries: [
        {
          expr: most(orZero(counted(METRIC_THROUGHLINE_REPLAYS_BLOCKED.name, BY_PATH), BY_PATH)),
          legend: '{{http_route}}',
        },
      ],
    }),
    panel({
      title: 'Traces that were not continued',
      says: 'Requests a second that brought a trace of which nobody could say whose it is. Where the caller is a service of ours, it lacks the shared secret or comes from an unknown network: its trace ends here.',
      unit: 'reqps',
      width: 8,
      queries: [
        {
          expr: orZero(counted(METRIC_THROUGHLINE_TRACES_RESTARTED.name, 'job, reason'), 'job'),
          legend: '{{reason}}',
        },
      ],
    }),
  ]
}
