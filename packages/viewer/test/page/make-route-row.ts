import type { RouteRow } from '../../src/api/routes.ts'

/** A route that nothing is wrong with. */
export const makeRouteRow = (given: Partial<RouteRow> = {}): RouteRow => ({
  service: 'web',
  method: 'GET',
  route: '/invoices',
  isJob: false,
  team: 'billing',
  audience: 'browser',
  unowned: undefined,
  decidedBy: 'ownership.yaml:84',
  requests: 100,
  rate: 1,
  errors: 0,
  p50Ms: 10,
  p95Ms: 40,
  p99Ms: 80,
  lastSeenMs: 1_700_000_000_000,
  history: [],
  objectives: [],
  slowest: undefined,
  failing: undefined,
  ...given,
})

/** What a route promises, in one of the states. */
export const makeObjective = (
  state: RouteRow['objectives'][number]['state'],
): RouteRow['objectives'][number] => ({
  promise: '99.9 % succeed',
  measured: '99.2 %',
  state,
})
