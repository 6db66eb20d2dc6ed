import { expect, test } from 'vitest'
import { filterRoutes, type RouteFilter } from '../../page/routes/route-filter.ts'
import { routeTitle, routeTraces } from '../../page/routes/route-key.ts'
import { BY_URGENCY, orderRoutes } from '../../page/routes/route-order.ts'
import { promiseState } from '../../page/routes/route-promise.ts'
import { summarizeRoutes } from '../../page/routes/summarize-routes.ts'
import { makeObjective, makeRouteRow } from './make-route-row.ts'

test.for([
  [[], 'none'],
  [['met', 'met'], 'met'],
  [['met', 'unknown'], 'unknown'],
  [['unknown', 'missed'], 'missed'],
] as const)('promises that are %j together are %s', ([states, expected]) => {
  expect(promiseState(makeRouteRow({ objectives: states.map(makeObjective) }))).toBe(expected)
})

const plan = makeRouteRow({
  method: 'POST',
  route: '/api/billing/plan',
  requests: 40,
  errors: 3,
  p95Ms: 1200,
  objectives: [makeObjective('missed')],
})
const home = makeRouteRow({ route: '/', team: 'growth', audience: 'public', requests: 5000 })
const sign = makeRouteRow({ route: '/sign-in', team: undefined, requests: 90, errors: 1 })
const job = makeRouteRow({
  service: 'worker',
  method: '',
  route: 'reports',
  isJob: true,
  team: 'data',
  audience: undefined,
  requests: 7,
})
const all = [home, job, sign, plan]

test('what misses a promise comes first, then what failed, then the busiest', () => {
  expect(orderRoutes(all, BY_URGENCY)).toEqual([plan, sign, home, job])
})

test.for([
  ['rate', 'descending', [home, sign, plan, job]],
  ['errors', 'descending', [plan, sign, home, job]],
  ['p95', 'ascending', [home, sign, job, plan]],
  ['team', 'ascending', [plan, job, home, sign]],
  ['audience', 'descending', [home, sign, plan, job]],
  ['promise', 'descending', [plan, home, sign, job]],
] as const)('routes by %s, %s', ([column, direction, expected]) => {
  expect(orderRoutes(all, { column, direction })).toEqual(expected)
})

test('routes of the same value are always in the same order', () => {
  const forwards = orderRoutes(all, { column: 'seen', direction: 'descending' })
  const backwards = orderRoutes(all.toReversed(), { column: 'seen', direction: 'descending' })
  expect(backwards).toEqual(forwards)
})

const ANY: RouteFilter = { text: '', service: '', team: '', audience: '', missedOnly: false }

test.for<[Partial<RouteFilter>, unknown[]]>([
  [{}, all],
  [{ text: 'POST billing' }, [plan]],
  [{ text: 'job' }, [job]],
  [{ text: 'no such thing' }, []],
  [{ service: 'worker' }, [job]],
  [{ team: 'no team' }, [sign]],
  [{ audience: 'public' }, [home]],
  [{ missedOnly: true }, [plan]],
  [{ text: '/', team: 'billing' }, [plan]],
])('a filter %j leaves what is like it', ([given, expected]) => {
  expect(filterRoutes(all, { ...ANY, ...given })).toEqual(expected)
})

test('a route is called as a person calls it, and leads to its traces', () => {
  expect(all.map(routeTitle)).toEqual([
    'GET /',
    'job reports',
    'GET /sign-in',
    'POST /api/billing/plan',
  ])
  expect(all.map(row => decodeURIComponent(routeTraces(row)))).toEqual([
    '/traces?q=route:/ method:GET service:web',
    '/traces?q=route:reports service:worker',
    '/traces?q=route:/sign-in method:GET service:web',
    '/traces?q=route:/api/billing/plan method:POST service:web',
  ])
})

const missed = makeObjective('missed')

test.for([
  [
    all,
    '4 routes in 2 services: 1 misses what it promises; 4 of 5,137 requests failed; the slowest p95 is POST /api/billing/plan at 1.20 s.',
  ],
  [
    [makeRouteRow({ objectives: [makeObjective('met')] })],
    '1 route in 1 service: none misses what it promises; no request failed; the slowest p95 is GET /invoices at 40 ms.',
  ],
  [
    [makeRouteRow({ objectives: [missed] }), makeRouteRow({ objectives: [missed], route: '/x' })],
    '2 routes in 1 service: 2 miss what they promise; no request failed; the slowest p95 is GET /invoices at 40 ms.',
  ],
  [
    [makeRouteRow({ objectives: [makeObjective('unknown')] })],
    '1 route in 1 service: too few requests to say whether promises are kept; no request failed; the slowest p95 is GET /invoices at 40 ms.',
  ],
  [
    [makeRouteRow()],
    '1 route in 1 service: none promises anything; no request failed; the slowest p95 is GET /invoices at 40 ms.',
  ],
] as const)('%# routes are summed up in a sentence', ([rows, sentence]) => {
  expect(summarizeRoutes(rows)).toBe(sentence)
})
