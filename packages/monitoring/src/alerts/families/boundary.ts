import type { Decision, Trigger } from '@throughline/catalog'
import type { Ownership } from '../../ownership.ts'
import { partitionRoutes } from '../../partition/partition-routes.ts'
import { sampleRoute } from '../../partition/route-sample.ts'
import { anyOf, BY_ROUTE, promDuration, seriesOf } from '../../promql.ts'
import { RECORDED } from '../../recorded-series.ts'
import { buildRule, firing, quiet } from '../build-rule.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { routeLabels, testSeries } from '../test-series.ts'
import { logsOf, ROUTE, routeVariables, tracesOfRoute } from './service-scope.ts'

/** Conditions of triggers that no metric of the kit measures yet. */
const UNMEASURED = ['cpuShare', 'concurrency', 'clientKinds'] as const

/** Whether every condition of a trigger can be measured. */
export const isMeasured = (trigger: Trigger): boolean =>
  UNMEASURED.every(condition => trigger[condition] === undefined)

/** The written conditions under which a decision is to be looked at again, as far as they can be measured. */
export function boundaryAlerts(ownership: Ownership): AlertRule[] {
  return ownership.catalog.decisions.flatMap(decision =>
    decision.revisitWhen
      .filter(isMeasured)
      .flatMap(trigger => triggerAlert(ownership, decision, trigger)),
  )
}

const WEEK_MS = 7 * 86_400_000

function triggerAlert(ownership: Ownership, decision: Decision, trigger: Trigger): AlertRule[] {
  const { p95, route } = trigger
  if (p95 === undefined) return []
  const { service, pattern } = route
  const windowMs = trigger.for?.ms ?? WEEK_MS
  const window = promDuration(windowMs)
  const { groups } = partitionRoutes([{ pattern, group: 'route' }])
  const selectors = groups.get('route') ?? []
  const measured = (suffix: string): string =>
    anyOf(
      selectors.map(
        selector => `${seriesOf(RECORDED.routeP95, { job: service }, [selector])}${suffix}`,
      ),
    )
  const [reduce, sign] = p95.above ? ['min_over_time', '>'] : ['max_over_time', '<']
  const limit = p95.value / 1000
  const sample = sampleRoute([pattern], selectors)
  if (sample === undefined) return []
  const labels = routeLabels(service, sample)
  const inside = p95.above ? limit * 2 : limit / 2
  // One sample a step, and one more at each end of the window.
  const stepMs = Math.max(windowMs / 10, 60_000)
  const at = promDuration(Math.ceil((windowMs * 1.2) / stepMs) * stepMs)
  const feed = (seconds: number): TestSeries[] => [
    testSeries(RECORDED.routeP95, labels, `${seconds}+0x30`),
  ]
  return [
    buildRule(ownership, {
      alert: 'BoundaryTriggerMet',
      team: decision.by,
      service,
      decidedBy: [`decision ${decision.id}`],
      expr: `${reduce}(${measured('')}[${window}]) ${sign} ${limit} and on (${BY_ROUTE}) ${measured(` offset ${window}`)}`,
      labels: { decision: decision.id, trigger: `p95${p95.text}` },
      summary: `Look again at "${decision.question}"`,
      description: `The 95th percentile of ${ROUTE} of ${service} has been ${p95.above ? 'above' : 'below'} ${p95.text.slice(1)} for ${window}. On ${decision.on} the answer was: ${decision.chosen}.`,
      traces: tracesOfRoute(service),
      logs: logsOf(service),
      variables: routeVariables(service),
      step: promDuration(stepMs),
      cases: {
        firing: firing(
          `on the right side of the limit for ${window}`,
          at,
          feed(inside),
          inside,
          labels,
        ),
        quiet: quiet('at the limit', at, feed(limit)),
        guards: [quiet('not for long enough', promDuration(windowMs - stepMs), feed(inside))],
      },
    }),
  ]
}
