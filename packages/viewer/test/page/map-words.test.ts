import { expect, test } from 'vitest'
import type { MapEdge, MapNode } from '../../src/api/service-map.ts'
import { failingShare, strokeWidths } from '../../page/map/edge-stroke.ts'
import {
  createNames,
  nodeSearch,
  sayEdge,
  sayNode,
  summarizeMap,
} from '../../page/map/map-words.ts'

const node = (kind: MapNode['kind'], name: string, rest: Partial<MapNode> = {}): MapNode => ({
  id: `${kind}:${name}`,
  name,
  kind,
  team: undefined,
  instrumented: false,
  ...rest,
})
const web = node('service', 'web', { team: 'growth', instrumented: true })
const payments = node('external', 'payments.example.com')
const database = node('database', 'postgresql app', { team: 'data' })
const toPayments: MapEdge = {
  from: web.id,
  to: payments.id,
  calls: 120,
  rate: 2 / 60,
  errors: 61,
  p95Ms: 1200,
  teams: ['billing'],
  search: 'service:web payments.example.com',
}
const toDatabase: MapEdge = {
  ...toPayments,
  to: database.id,
  calls: 9000,
  rate: 2.5,
  errors: 0,
  p95Ms: 4.2,
  teams: [],
}

test.for([
  [
    [toPayments, toDatabase],
    '1 service and 2 others, 2 connections: 61 of 9,120 calls failed, from web to payments.example.com; the slowest p95 is web to payments.example.com at 1.20 s.',
  ],
  [
    [toPayments, { ...toDatabase, errors: 9 }],
    '1 service and 2 others, 2 connections: 70 of 9,120 calls failed, 61 of them from web to payments.example.com; the slowest p95 is web to payments.example.com at 1.20 s.',
  ],
  [
    [toDatabase],
    '1 service and 2 others, 1 connection: no call failed; the slowest p95 is web to postgresql app at 4.2 ms.',
  ],
  [[], '1 service and 2 others: no call between them.'],
] as const)('%# a map is summed up in a sentence', ([edges, sentence]) => {
  expect(summarizeMap({ seconds: 60, nodes: [web, payments, database], edges })).toBe(sentence)
})

test('an edge and a node say what they are', () => {
  const nameOf = createNames([web, payments, database])
  expect(sayEdge(toPayments, nameOf)).toBe(
    'web calls payments.example.com 2 /min; 61 of 120 (51 %) failed; p95 1.20 s; billing answers for it',
  )
  expect(sayEdge(toDatabase, nameOf)).toBe(
    'web calls postgresql app 2.5 /s; none of 9000 calls failed; p95 4.2 ms',
  )
  expect(sayNode(web)).toBe('web: service, team growth')
  expect(sayNode(payments)).toBe('payments.example.com: external, seen only from outside')
})

test.for([
  [web, 'service:web'],
  [payments, 'payments.example.com'],
  [database, 'postgresql app'],
  [node('external', '127.0.0.1:3002'), '127.0.0.1:3002'],
  [node('queue', 'nightly reports'), '"nightly reports"'],
] as const)('%# a node leads to its traces', ([given, search]) => {
  expect(nodeSearch(given)).toBe(search)
})

test('edges are thicker by each power of ten', () => {
  const [rare = 0, middle = 0, busy = 0] = strokeWidths([
    { rate: 0.01 },
    { rate: 1 },
    { rate: 100 },
  ])
  expect(busy - middle).toBeCloseTo(middle - rare)
  expect(rare).toBeGreaterThan(0)
})

test.for([
  [0, 10, 0],
  [1, 100_000, 0.06],
  [5, 10, 0.5],
  [30, 10, 1],
] as const)('%d failures of %d calls take %d of an edge', ([errors, calls, share]) => {
  expect(failingShare({ errors, calls })).toBe(share)
})
