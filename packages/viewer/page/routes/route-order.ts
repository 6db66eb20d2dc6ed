import type { RouteRow } from '../../src/api/routes.ts'
import { type Sorting, sortRows, type SortValue } from '../parts/sorted-rows.ts'
import { promiseState } from './route-promise.ts'
import { routeTitle } from './route-key.ts'

/** What the table of routes can be sorted by. `urgency` is no column: failing first, then by requests. */
export const ROUTE_COLUMNS = [
  'urgency',
  'route',
  'service',
  'team',
  'audience',
  'rate',
  'errors',
  'p50',
  'p95',
  'p99',
  'promise',
  'seen',
] as const
export type RouteColumn = (typeof ROUTE_COLUMNS)[number]

export const BY_URGENCY: Sorting<RouteColumn> = { column: 'urgency', direction: 'descending' }

const PROMISE_RANKS = { missed: 3, unknown: 2, met: 1, none: undefined } as const

const VALUES: Readonly<Record<RouteColumn, (row: RouteRow) => SortValue>> = {
  urgency: urgencyOf,
  route: routeTitle,
  service: ({ service }) => service,
  team: ({ team }) => team,
  audience: ({ audience }) => audience,
  rate: ({ rate }) => rate,
  errors: ({ errors, requests }) => errors / Math.max(1, requests),
  p50: ({ p50Ms }) => p50Ms,
  p95: ({ p95Ms }) => p95Ms,
  p99: ({ p99Ms }) => p99Ms,
  promise: row => PROMISE_RANKS[promiseState(row)],
  seen: ({ lastSeenMs }) => lastSeenMs,
}

/** Routes by a column; those of the same value by requests, and then by name, so that the order is always the same. */
export function orderRoutes(
  rows: readonly RouteRow[],
  { column, direction }: Sorting<RouteColumn>,
): readonly RouteRow[] {
  const byName = sortRows(rows, row => `${routeTitle(row)} ${row.service}`, 'ascending')
  const byRequests = sortRows(byName, ({ requests }) => requests, 'descending')
  return sortRows(byRequests, VALUES[column], direction)
}

/** What misses a promise comes before what only failed, and that before the rest. */
function urgencyOf(row: RouteRow): number {
  if (promiseState(row) === 'missed') return 2
  return row.errors > 0 ? 1 : 0
}
