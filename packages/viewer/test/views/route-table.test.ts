import { expect, test } from 'vitest'
import type { ServedRequest, ServedRoute, StoreReader } from '../../src/store/store.ts'
import { createRouteTable } from '../../src/views/route-table.ts'
import { timeWindow } from '../../src/views/time-window.ts'
import { ABSENT, readyCatalog } from './catalog.ts'

const WINDOW = { sinceMs: 0, fromMs: 0, toMs: 240_000, seconds: 240 }

const request = (startMs: number, given: Partial<ServedRequest> = {}): ServedRequest => ({
  startMs,
  durationMs: 100,
  failed: false,
  traceId: `trace at ${startMs}`,
  spanId: `span at ${startMs}`,
  ...given,
})

const route = (given: Partial<ServedRoute> = {}): ServedRoute => ({
  service: 'web',
  method: 'GET',
  route: '/invoices/[id]',
  isJob: false,
  team: undefined,
  audience: undefined,
  unowned: undefined,
  requests: [request(0)],
  ...given,
})

test('a route has its rate, errors, percentiles and examples', () => {
  const requests = Array.from({ length: 100 }, (_, place) =>
    request(place * 1000, { durationMs: place + 1, failed: place === 10 || place === 20 }),
  )
  const { routes, seconds } = createRouteTable([route({ requests })], ABSENT, WINDOW)
  expect(seconds).toBe(240)
  expect(routes).toMatchObject([
    {
      requests: 100,
      rate: 100 / 240,
      errors: 2,
      p50Ms: 50,
      p95Ms: 95,
      p99Ms: 99,
      lastSeenMs: 99_000,
      objectives: [],
      slowest: { traceId: 'trace at 99000', spanId: 'span at 99000', durationMs: 100 },
      failing: { traceId: 'trace at 20000', spanId: 'span at 20000', durationMs: 21 },
    },
  ])
})

test('the history has 24 stretches, of which the last has the last moment too', () => {
  const requests = [
    request(0),
    request(9_999, { failed: true }),
    request(10_000),
    request(239_999),
    request(240_000, { failed: true }),
    // The clock of a service may be ahead.
    request(300_000),
    request(-5),
  ]
  const [row] = createRouteTable([route({ requests })], ABSENT, WINDOW).routes
  expect(row?.history).toHaveLength(24)
  expect(row?.history.map(stretch => stretch.requests)).toEqual([3, 1, ...Array(21).fill(0), 3])
  expect(row?.history.map(stretch => stretch.errors)).toEqual([1, ...Array(22).fill(0), 1])
})

test('the catalog says whose a route is, what it promises and where that stands', () => {
  const [listed, byDesign, unlisted, job] = createRouteTable(
    [
      route({
        team: 'an older team',
        requests: Array.from({ length: 100 }, (_, at) => request(at)),
      }),
      route({ route: '/health', requests: [request(0), request(1), request(2)] }),
      route({ route: '/surprise', requests: [request(0), request(1)] }),
      route({ method: '', route: 'reports', isJob: true }),
    ],
    readyCatalog(),
    WINDOW,
  ).routes
  expect(listed).toMatchObject({
    team: 'billing',
    audience: 'browser',
    unowned: undefined,
    decidedBy: 'ownership.yaml:12',
    objectives: [
      { promise: '99 % succeed', measured: '100 %', state: 'met' },
      { promise: 'p95 below 200 ms', measured: '100 ms', state: 'met' },
    ],
  })
  expect(byDesign).toMatchObject({ team: 'growth', unowned: 'by-design', objectives: [] })
  expect(unlisted).toMatchObject({ team: 'growth', unowned: 'unlisted', audience: undefined })
  expect(job).toMatchObject({ team: 'billing', isJob: true, decidedBy: 'ownership.yaml:14' })
})

test('without a catalog it is what the spans say', () => {
  const [row] = createRouteTable(
    [route({ team: 'billing', audience: 'partner', unowned: 'by-design' })],
    ABSENT,
    WINDOW,
  ).routes
  expect(row).toMatchObject({
    team: 'billing',
    audience: 'partner',
    unowned: 'by-design',
    decidedBy: undefined,
    objectives: [],
  })
})

test('the busiest route comes first', () => {
  const quiet = route({ route: '/quiet' })
  const busy = route({ route: '/busy', requests: [request(0), request(1)] })
  const { routes } = createRouteTable([quiet, busy], ABSENT, WINDOW)
  expect(routes.map(row => row.route)).toEqual(['/busy', '/quiet'])
})

const NOW = 10_000_000

test.for([
  ['nothing stored', undefined, undefined, { fromMs: NOW - 60_000, toMs: NOW }],
  ['all of an hour', undefined, [1000, 3_601_000], { fromMs: 1000, toMs: 3_601_000 }],
  ['all of a moment', undefined, [70_000, 70_000], { fromMs: 10_000, toMs: 70_000 }],
  ['minutes that are all there', 5, [NOW - 300_000, NOW - 1], { fromMs: NOW - 300_000, toMs: NOW }],
  [
    'minutes before the first request',
    60,
    [NOW - 300_000, NOW],
    { fromMs: NOW - 300_000, toMs: NOW },
  ],
  ['minutes without a request', 5, undefined, { fromMs: NOW - 60_000, toMs: NOW }],
  [
    'a clock that is ahead',
    5,
    [NOW - 90_000, NOW + 5000],
    { fromMs: NOW - 90_000, toMs: NOW + 5000 },
  ],
] as const)('the time of %s', ([, minutes, span, window]) => {
  const reader = {
    span: (): unknown => span && { fromMs: span[0], toMs: span[1] },
  } as unknown as StoreReader
  expect(timeWindow(reader, minutes, NOW)).toEqual({
    ...window,
    sinceMs: minutes === undefined ? 0 : NOW - minutes * 60_000,
    seconds: (window.toMs - window.fromMs) / 1000,
  })
})
