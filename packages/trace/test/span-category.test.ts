import type { Attributes, SpanKind, SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { categoryOf } from '../src/span-category.ts'
import { ownership, seen } from './known-system.ts'
import { makeSpan } from './make-span.ts'

const surroundings = { ownership, services: seen('mailer') }

const make = (
  kind: SpanKind,
  attributes: Attributes,
  resource: Attributes = {},
  service = 'stock',
): SpanRecord => makeSpan({ kind, attributes, resource: { attributes: resource }, service })

test.for([
  ['page', 'internal', { 'throughline.next.kind': 'page' }],
  ['handler', 'internal', { 'throughline.next.kind': 'handler' }],
  ['action', 'internal', { 'throughline.next.kind': 'action' }],
  ['proxy', 'internal', { 'throughline.next.kind': 'proxy' }],
  ['internal', 'internal', { 'throughline.next.kind': 'metadata' }],
  ['internal', 'internal', { 'throughline.next.kind': 'framework' }],
  ['page', 'server', { 'throughline.next.kind': 'prefetch', 'http.route': '/x' }],
  ['browser', 'client', { 'throughline.next.kind': 'browser', 'http.request.method': 'GET' }],
  ['internal', 'internal', { 'throughline.next.kind': 'of the future' }],
  ['internal', 'internal', {}],
  // By the stable conventions.
  ['api', 'server', { 'http.request.method': 'GET', 'http.route': '/v1/x' }],
  ['database', 'client', { 'db.system.name': 'postgresql' }],
  ['database', 'internal', { 'db.system.name': 'sqlite' }],
  ['queue', 'producer', { 'messaging.destination.name': 'reports' }],
  ['queue', 'client', { 'messaging.operation.type': 'settle' }],
  ['job', 'consumer', { 'messaging.destination.name': 'reports' }],
  ['external', 'client', { 'server.address': 'payments.example.com', 'server.port': 443 }],
  ['external', 'client', { 'server.address': 'elsewhere.example.org' }],
  ['call', 'client', { 'server.address': 'api.internal', 'server.port': 8080 }],
  ['call', 'client', { 'server.address': '127.0.0.1', 'server.port': 4000 }],
  ['external', 'client', { 'server.address': '127.0.0.1', 'server.port': 4001 }],
  ['call', 'client', { 'rpc.system': 'grpc', 'server.address': 'api.internal' }],
  ['call', 'client', { 'peer.service': 'mailer', 'server.address': '10.0.0.7' }],
  // By the ones before.
  ['api', 'server', { 'http.method': 'GET', 'http.target': '/v1/x?y=1' }],
  ['api', 'server', { 'rpc.system': 'grpc' }],
  ['database', 'client', { 'db.system': 'mysql', 'db.statement': 'SELECT 1' }],
  ['queue', 'producer', { 'messaging.destination': 'reports' }],
  ['call', 'client', { 'http.url': 'http://api.internal/v1/x' }],
  ['call', 'client', { 'net.peer.name': '127.0.0.1', 'net.peer.port': 4000 }],
  ['external', 'client', { 'http.url': 'https://payments.example.com/v1' }],
  // What is not as it should be.
  ['external', 'client', {}],
  ['external', 'client', { 'server.address': 5, 'db.system.name': '' }],
] as const)('%s: a %s span with %j', ([category, kind, attributes]) => {
  expect(categoryOf(make(kind, attributes), surroundings)).toBe(category)
})

test.for([
  ['page', { 'http.route': '/invoices/[id]' }],
  ['page', { 'url.path': '/apiary' }],
  ['handler', { 'http.route': '/api/plan' }],
  ['handler', { 'url.path': '/api/plan' }],
] as const)('%s: a request of Next.js with %j', ([category, attributes]) => {
  const byCatalog = make('server', attributes, {}, 'web')
  expect(categoryOf(byCatalog, surroundings)).toBe(category)
  const byProcess = make('server', attributes, {
    'process.executable.name': 'next-server (v16.4.5)',
  })
  expect(categoryOf(byProcess)).toBe(category)
  const byNext = make('server', { ...attributes, 'next.span_type': 'BaseServer.handleRequest' })
  expect(categoryOf(byNext)).toBe(category)
  expect(categoryOf(make('server', attributes))).toBe('api')
})

test('what an SDK of browsers tells is of a browser', () => {
  const resource = { 'telemetry.sdk.language': 'webjs' }
  expect(categoryOf(make('internal', {}, resource))).toBe('browser')
  expect(categoryOf(make('client', { 'server.address': 'x' }, resource))).toBe('browser')
})

test('without a catalog every call is to somebody else', () => {
  expect(categoryOf(make('client', { 'server.address': 'api.internal' }))).toBe('external')
})
