import type { Trigger } from '@throughline/catalog'
import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
import { isMeasured } from '../../alerts/families/boundary.ts'
import { bucketAtOrAbove } from '../../latency-bucket.ts'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { quote } from '../wording.ts'
import { linePlace } from './catalog-place.ts'

const BUCKETS = METRIC_HTTP_SERVER_REQUEST_DURATION.buckets ?? []
const QUANTILES = ['p50', 'p95', 'p99'] as const

const CONDITIONS = ['cpuShare', 'p95', 'concurrency', 'clientKinds'] as const

/** Rules on limits that cannot be held as they are written. */
export const CATALOG_PROMISE_RULES: readonly LintRule<LintContext>[] = [
  {
    id: 'latency-between-buckets',
    level: 'warning',
    find: ({ catalog }) =>
      [...catalog.services].flatMap(([name, { routes }]) =>
        routes.flatMap(({ match, objective }) =>
          QUANTILES.flatMap(quantile => {
            const limit = objective?.latency?.[quantile]
            if (limit === undefined || BUCKETS.includes(limit.ms / 1000)) return []
            return [
              {
                at: linePlace(catalog, objective?.latency?.line ?? 0),
                message: `${quantile} of ${quote(match.text)} of ${name} is ${limit.text}, between two buckets of the histogram: it is measured at ${bucketAtOrAbove(limit.ms / 1000) * 1000} ms`,
                fix: `write ${nearestBounds(limit.ms).join(' or ')}`,
              },
            ]
          }),
        ),
      ),
  },
  {
    id: 'trigger-not-measured',
    level: 'warning',
    find: ({ catalog }) =>
      catalog.decisions.flatMap(({ id, revisitWhen }) =>
        revisitWhen.flatMap(trigger =>
          unmeasured(trigger).map(key => ({
            at: linePlace(catalog, trigger.line),
            message: `decision ${quote(id)} is to be looked at again by ${key}, which no metric measures yet`,
            fix: 'look at it by hand for now, or write a trigger on p95',
          })),
        ),
      ),
  },
]

/** The bounds of buckets below and above a limit. */
function nearestBounds(ms: number): string[] {
  const below = BUCKETS.findLast(bound => bound * 1000 < ms)
  const above = BUCKETS.find(bound => bound * 1000 > ms)
  return [below, above].flatMap(bound => (bound === undefined ? [] : `${bound * 1000}ms`))
}

/** The conditions of a trigger that no alert can hold a metric against. */
function unmeasured(trigger: Trigger): string[] {
  const none = {
    cpuShare: undefined,
    p95: undefined,
    concurrency: undefined,
    clientKinds: undefined,
  }
  return CONDITIONS.filter(condition => {
    const limit = trigger[condition]
    return limit !== undefined && !isMeasured({ ...trigger, ...none, [condition]: limit })
  })
}
