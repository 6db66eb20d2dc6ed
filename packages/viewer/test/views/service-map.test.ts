import { expect, test } from 'vitest'
import type { CallGroup, CallTarget } from '../../src/store/store.ts'
import { createServiceMap } from '../../src/views/service-map.ts'
import { ABSENT, readyCatalog } from './catalog.ts'

const target = (kind: CallTarget['kind'], name: string): CallTarget => ({
  kind,
  name,
  category: kind === 'service' ? 'call' : kind,
})

const call = (from: string, to: CallTarget, given: Partial<CallGroup> = {}): CallGroup => ({
  from,
  target: to,
  durationsMs: [10],
  errors: 0,
  teams: [],
  ...given,
})

test('services, and what they call, are nodes; their calls are edges', () => {
  const calls = [
    call('web', target('service', 'api'), {
      durationsMs: [1, 2, 3, 4],
      errors: 1,
      teams: ['growth'],
    }),
    call('api', target('database', 'postgresql app'), { teams: ['data'] }),
    call('api', target('queue', 'reports')),
    call('web', target('external', 'payments.example.com'), { teams: ['billing'] }),
    call('browser', target('service', 'web')),
  ]
  const map = createServiceMap({
    calls,
    services: ['web', 'api', 'idle'],
    catalog: ABSENT,
    seconds: 8,
  })
  expect(map.seconds).toBe(8)
  expect(map.nodes.map(({ id, instrumented }) => [id, instrumented])).toEqual([
    ['service:web', true],
    ['service:api', true],
    ['service:idle', true],
    ['database:postgresql app', false],
    ['queue:reports', false],
    ['external:payments.example.com', false],
    ['browser', true],
  ])
  expect(map.edges[0]).toEqual({
    from: 'service:web',
    to: 'service:api',
    calls: 4,
    rate: 0.5,
    errors: 1,
    p95Ms: 4,
    teams: ['growth'],
    search: 'service:web service:api',
  })
  expect(map.edges.map(({ search }) => search)).toEqual([
    'service:web service:api',
    'service:api postgresql app',
    'service:api reports',
    'service:web payments.example.com',
    'service:web',
  ])
})

test('a host of the catalog is its service, whether or not that sends spans', () => {
  const calls = [
    call('web', target('external', 'api.test:4000'), { durationsMs: [10], teams: ['billing'] }),
    call('web', target('service', 'api'), { durationsMs: [30], errors: 1, teams: ['growth'] }),
  ]
  const map = createServiceMap({ calls, services: ['web'], catalog: readyCatalog(), seconds: 1 })
  expect(map.nodes).toEqual([
    { id: 'service:web', name: 'web', kind: 'service', team: 'growth', instrumented: true },
    { id: 'service:api', name: 'api', kind: 'service', team: 'billing', instrumented: false },
  ])
  expect(map.edges).toMatchObject([
    { to: 'service:api', calls: 2, errors: 1, p95Ms: 30, teams: ['billing', 'growth'] },
  ])
})

test('a queue that is called like a host stays a queue', () => {
  const calls = [call('web', target('queue', 'api.test:4000'))]
  const map = createServiceMap({ calls, services: [], catalog: readyCatalog(), seconds: 1 })
  expect(map.edges).toMatchObject([{ to: 'queue:api.test:4000' }])
})

test('the team of a node is that of the catalog, else the only one that answers for calls to it', () => {
  const calls = [
    call('web', target('queue', 'reports'), { teams: ['growth'] }),
    call('web', target('external', 'one.test'), { teams: ['growth'] }),
    call('web', target('external', 'two.test'), { teams: ['growth', 'billing'] }),
    call('web', target('external', 'none.test')),
  ]
  const map = createServiceMap({ calls, services: [], catalog: readyCatalog(), seconds: 1 })
  expect(Object.fromEntries(map.nodes.map(({ id, team }) => [id, team]))).toEqual({
    'service:web': 'growth',
    'queue:reports': 'billing',
    'external:one.test': 'growth',
    'external:two.test': undefined,
    'external:none.test': undefined,
  })
})

test.for([
  ['my service', 'service:"my service" x'],
  ['a"b', String.raw`service:"a\"b" x`],
  ['-web', 'service:"-web" x'],
  ['web:3000', 'service:web:3000 x'],
] as const)('calls of "%s" are searched for by %s', ([from, search]) => {
  const calls = [call(from, target('external', 'x'))]
  const { edges } = createServiceMap({ calls, services: [], catalog: ABSENT, seconds: 1 })
  expect(edges).toMatchObject([{ search }])
})

test('without calls the map is of services only', () => {
  const map = createServiceMap({ calls: [], services: ['web'], catalog: ABSENT, seconds: 60 })
  expect(map).toEqual({
    seconds: 60,
    nodes: [
      { id: 'service:web', name: 'web', kind: 'service', team: undefined, instrumented: true },
    ],
    edges: [],
  })
})
