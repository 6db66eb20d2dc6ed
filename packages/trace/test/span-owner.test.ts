import { expect, test } from 'vitest'
import { ownerOf } from '../src/span-owner.ts'
import { ownership } from './known-system.ts'
import { makeSpan } from './make-span.ts'

const REQUEST = { 'http.request.method': 'GET', 'http.route': '/invoices/[id]' }

test.for([
  ['billing', 'GET /invoices/[id]', { kind: 'server', attributes: REQUEST }],
  [
    'growth',
    'web productionFix',
    { kind: 'server', attributes: { 'http.method': 'GET', 'http.target': '/other?x' } },
  ],
  [
    'data',
    'db app',
    { kind: 'client', attributes: { 'db.system': 'postgresql', 'db.name': 'app' } },
  ],
  [
    'billing',
    'payments productionFix',
    {
      kind: 'client',
      attributes: { 'server.address': 'payments.example.com', 'server.port': 443 },
    },
  ],
  [
    'growth',
    'host mail.example.com',
    { kind: 'client', attributes: { 'http.url': 'https://mail.example.com/send' } },
  ],
  [
    'partners',
    'api productionFix',
    { kind: 'client', attributes: { 'server.address': 'api.internal' } },
  ],
  [
    'data',
    'queue reports',
    { kind: 'producer', attributes: { 'messaging.destination.name': 'reports' } },
  ],
  [
    'data',
    'queue reports',
    { kind: 'consumer', service: 'worker', attributes: { 'messaging.destination': 'reports' } },
  ],
] as const)('%s, by the line of %s', ([team, rule, given]) => {
  const owner = ownerOf(makeSpan(given), { ownership })
  expect(owner).toMatchObject({ team, decidedBy: { rule, file: 'ownership.yaml' } })
})

test('the team that a span names wins, and has the line of the catalog only where both agree', () => {
  const owner = (team: string): ReturnType<typeof ownerOf> =>
    ownerOf(makeSpan({ kind: 'server', attributes: REQUEST, team }), { ownership })
  expect(owner('billing')?.decidedBy?.rule).toBe('GET /invoices/[id]')
  expect(owner('security')).toEqual({ team: 'security', decidedBy: undefined })
})

test('without a catalog only the span itself names a team', () => {
  expect(ownerOf(makeSpan({ kind: 'server', attributes: REQUEST }))).toBeUndefined()
  expect(ownerOf(makeSpan({ team: 'billing' }))).toEqual({ team: 'billing', decidedBy: undefined })
})

test('what happens within a service has no owner of its own', () => {
  const inner = makeSpan({ attributes: { 'next.route': '/invoices/[id]' } })
  expect(ownerOf(inner, { ownership })).toBeUndefined()
})

test('what a browser tells of its page is owned by the line of that page', () => {
  const load = makeSpan({
    team: 'billing',
    attributes: { 'throughline.next.kind': 'browser', 'url.path': '/invoices/7' },
  })
  expect(ownerOf(load, { ownership })?.decidedBy?.rule).toBe('GET /invoices/[id]')
})
