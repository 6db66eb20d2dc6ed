import { METRIC_TARGET_INFO, METRIC_THROUGHLINE_OWNERSHIP_REVIEWED } from '@throughline/conventions'
import { parseRoutePattern, type RoutePattern } from '@throughline/catalog'
import type { Ownership } from '../../ownership.ts'
import { partitionRoutes } from '../../partition/partition-routes.ts'
import { holderOf } from '../../partition/shares.ts'
import { anyOf, BY_ROUTE, series } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { Severity } from '../alert-list.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import { calendarAround, constant, LONG_STEP, routeLabels, testSeries } from '../test-series.ts'
import {
  listServices,
  logsOf,
  ROUTE,
  type ServiceScope,
  tracesOf,
  tracesOfRoute,
} from './service-scope.ts'

/** The catalog itself: what nobody has listed, and what nobody has looked at for long. */
export function ownershipAlerts(ownership: Ownership): AlertRule[] {
  return [
    ...listServices(ownership).flatMap(scope => [unownedTraffic(scope), ...serviceReview(scope)]),
    ...[...ownership.catalog.teams]
      .filter(([team, { reviewedAt }]) => reviewedAt !== undefined && !isExcepted(ownership, team))
      .flatMap(([team]) => [
        teamReview(ownership, team, 'notice', GUARDS.teamReviewDays, 2 * GUARDS.teamReviewDays),
        teamReview(ownership, team, 'ticket', 2 * GUARDS.teamReviewDays),
      ]),
  ]
}

function unownedTraffic(scope: ServiceScope): AlertRule {
  const { ownership, name } = scope
  const { value: limit, for: hold } = THRESHOLDS.UnownedTraffic
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'telemetry')
  const known = [...scope.service.routes.map(({ match }) => match), ...exceptedRoutes(scope)]
  const { remainder } = partitionRoutes(known.map(pattern => ({ pattern, group: 'known' })))
  // A path without a route cannot be listed.
  const matchers = { job: name, http_route: '!~|unmatched|overflow' }
  const requests = anyOf(
    remainder.map(selector => series(RECORDED.routeRequests, matchers, selector)),
  )
  const labels = routeLabels(name, { method: 'GET', route: '/nobody/lists/this' })
  return buildRule(ownership, {
    alert: 'UnownedTraffic',
    team,
    service: name,
    decidedBy: [decidedBy],
    expr: `sum by (${BY_ROUTE}) (${requests}) > ${limit}`,
    for: hold,
    summary: `${ROUTE} of ${name} has requests, and no team in the catalog`,
    description:
      'Alerts on it go to the team of the service. Add the route to the catalog, with the team that answers for it.',
    traces: tracesOfRoute(name),
    logs: logsOf(name),
    variables: { service: name },
    step: LONG_STEP,
    cases: {
      firing: firing(
        'one request a second',
        hold,
        [testSeries(RECORDED.routeRequests, labels, constant(1))],
        1,
        labels,
      ),
      quiet: quiet('none any more', hold, [
        testSeries(RECORDED.routeRequests, labels, constant(0)),
      ]),
      guards: [
        quiet('paths that are no route', hold, [
          testSeries(
            RECORDED.routeRequests,
            routeLabels(name, { method: 'GET', route: 'unmatched' }),
            constant(1),
          ),
        ]),
      ],
    },
  })
}

/** Routes of a service that an exception lets go without a team. It has not expired: the catalog would be refused. */
function exceptedRoutes({ ownership, name }: ServiceScope): RoutePattern[] {
  return ownership.catalog.exceptions.flatMap(({ rule, target }) => {
    const [, service, route = ''] = /^(\S+) (.+)$/.exec(target) ?? []
    const pattern =
      rule === 'route-unowned' && service === name ? parseRoutePattern(route) : undefined
    return pattern ?? []
  })
}

const isExcepted = ({ catalog }: Ownership, teamOrService: string): boolean =>
  catalog.exceptions.some(
    ({ rule, target }) => rule === 'review-overdue' && target === teamOrService,
  )

const DAY = 86_400

function serviceReview({ ownership, name, service }: ServiceScope): AlertRule[] {
  const { reviewedAt, reviewEvery } = service
  if (reviewedAt === undefined || reviewEvery === undefined || isExcepted(ownership, name))
    return []
  const { team, decidedBy } = holderOf(ownership.resolver, name, 'productionFix')
  const due = (Date.parse(`${reviewedAt}T00:00:00Z`) + reviewEvery.ms) / 1000
  const { step, before, after } = calendarAround(due)
  const live = [testSeries(METRIC_TARGET_INFO.name, { job: name }, '1+0x2000')]
  return [
    buildRule(ownership, {
      alert: 'ServiceReviewOverdue',
      team,
      service: name,
      decidedBy: [decidedBy],
      expr: `group by (job) (${series(METRIC_TARGET_INFO.name, { job: name })}) and on () vector(time()) > ${due}`,
      summary: `The ownership of ${name} has to be reviewed`,
      description: `It was last reviewed on ${reviewedAt}, and has to be every ${reviewEvery.text}.`,
      traces: tracesOf(name),
      logs: logsOf(name),
      step,
      cases: {
        firing: firing('the day has passed', after, live, 1, {
          job: name,
        }),
        quiet: quiet('the day has not come', before, live),
      },
    }),
  ]
}

/** A notice from one limit on, which becomes a ticket at the other. */
function teamReview(
  ownership: Ownership,
  team: string,
  severity: Severity,
  days: number,
  untilDays?: number,
): AlertRule {
  const metric = METRIC_THROUGHLINE_OWNERSHIP_REVIEWED.name
  const hold = '1h'
  const age = `time() - max by (team) (${metric}{team="${team}"})`
  // Time begins with 0 in tests, so what was reviewed days ago has a negative one.
  const reviewed = (seconds: number): TestSeries[] => [
    testSeries(metric, { instance: 'a:9464', job: 'web', team }, constant(seconds)),
  ]
  const justBefore = quiet(
    `an hour less than ${days} days ago`,
    '2h',
    reviewed(-days * DAY + 3 * 3600),
  )
  return buildRule(ownership, {
    alert: 'OwnershipReviewOverdue',
    team,
    service: 'all',
    decidedBy: [`teams ${team}`],
    expr: `${age} > ${days * DAY}${untilDays === undefined ? '' : ` and ${age} <= ${untilDays * DAY}`}`,
    for: hold,
    severity,
    labels: { overdue: `${days}d` },
    summary: `Team ${team} has to review what it owns`,
    description: `The last time was {{ $value | humanizeDuration }} ago; it has to be every ${GUARDS.teamReviewDays} days. Run throughline owners confirm ${team} when it is right.`,
    traces: '{ status = error }',
    logs: '{service_name=~".+"}',
    step: LONG_STEP,
    cases: {
      firing: firing(
        `${days} days and two hours ago`,
        '2h',
        reviewed(-days * DAY),
        days * DAY + 7200,
        { team },
      ),
      quiet:
        untilDays === undefined
          ? // The other limit has passed long ago, and that notice still holds.
            firing(justBefore.name, '2h', justBefore.input, days * DAY - 3600, {
              team,
              severity: 'notice',
              overdue: `${GUARDS.teamReviewDays}d`,
            })
          : justBefore,
    },
  })
}
