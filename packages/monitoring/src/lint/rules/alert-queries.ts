import type { Problem } from '@throughline/catalog'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { isConditional } from '../promql-condition.ts'
import { durationOf } from '../promql-duration.ts'
import type { AlertEntry } from '../rule-files.ts'
import { quote } from '../wording.ts'
import { queryProblems } from './promql-problems.ts'

/** How often Prometheus evaluates a group that says nothing, in compose/ and in our defaults. */
const EVALUATION_MS = 15_000

/** Rules on what an alert or a recording rule asks. */
export const ALERT_QUERY_RULES: readonly LintRule<LintContext>[] = [
  ...queryProblems(context =>
    [...context.alerts, ...context.allRecordings].map(({ queryAt, name, query }) => ({
      at: queryAt,
      name,
      query,
    })),
  ),
  {
    id: 'alert-without-comparison',
    level: 'error',
    find: ({ alerts }) =>
      alerts
        .filter(alert => isRead(alert) && !isWatchdog(alert) && !isConditional(alert.query))
        .map(({ queryAt, name, query }) => ({
          at: queryAt,
          message: `alert ${name} compares nothing, so it fires as long as there is data: ${quote(query.text)}`,
          fix: 'hold it against a limit, as in … > 0.05',
        })),
  },
  {
    id: 'absent-without-for',
    level: 'error',
    find: ({ alerts }) =>
      alerts
        .filter(alert => alert.for === undefined && asksForAbsence(alert))
        .map(({ at, name }) => ({
          at,
          message: `alert ${name} fires as soon as a series is absent: one failed scrape or a restart is enough`,
          fix: 'add for: 5m',
        })),
  },
  {
    id: 'alert-for-too-short',
    level: 'error',
    find: ({ alerts }) => alerts.flatMap(shortFor),
  },
  {
    id: 'burn-without-traffic-guard',
    level: 'error',
    find: ({ alerts }) =>
      alerts
        .filter(
          ({ query }) =>
            uses(query.metrics, 'slo:sli_error:') && !uses(query.metrics, 'slo:sli_requests:'),
        )
        .map(({ queryAt, name }) => ({
          at: queryAt,
          message: `alert ${name} holds a share of failures against a limit, however few requests there were`,
          fix: 'add: and slo:sli_requests:increase1h{…} >= 100, with the long window of the alert',
        })),
  },
]

const isRead = ({ query }: AlertEntry): boolean => query.root !== undefined

/** The one alert that always fires, and by that shows that alerting works. */
const isWatchdog = ({ query }: AlertEntry): boolean => query.text.trim() === 'vector(1)'

const uses = (metrics: readonly string[], prefix: string): boolean =>
  metrics.some(metric => metric.startsWith(prefix))

/** Whether a series that is gone makes the query hold; `absent_over_time` looks at a range, so it waits by itself. */
const asksForAbsence = ({ query }: AlertEntry): boolean =>
  query.selectors.some(({ within }) => within.includes('absent'))

function shortFor({ at, name, for: held, interval }: AlertEntry): Problem[] {
  if (held === undefined) return []
  const heldMs = durationOf(held)
  const every = interval === undefined ? EVALUATION_MS : (durationOf(interval) ?? EVALUATION_MS)
  if (heldMs === undefined || heldMs === 0 || heldMs >= 2 * every) return []
  return [
    {
      at,
      message: `alert ${name} must hold for ${held}, less than two evaluations ${every / 1000} s apart`,
      fix: `write for: ${(2 * every) / 1000}s or longer, or leave "for" out`,
    },
  ]
}
