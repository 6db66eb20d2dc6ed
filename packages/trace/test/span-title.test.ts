import { expect, test } from 'vitest'
import { titleOf } from '../src/span-title.ts'
import { makeSpan } from './make-span.ts'

test.for([
  // Requests.
  [
    'GET /invoices/[id]',
    'server',
    'GET',
    { 'http.request.method': 'GET', 'http.route': '/invoices/[id]', 'url.path': '/invoices/7' },
  ],
  ['GET /nowhere', 'server', 'GET', { 'http.request.method': 'GET', 'url.path': '/nowhere' }],
  [
    'PURGE /x',
    'server',
    'HTTP',
    { 'http.request.method': '_OTHER', 'http.request.method_original': 'PURGE', 'url.path': '/x' },
  ],
  [
    'POST /v1/charges',
    'server',
    'HTTP POST',
    { 'http.method': 'POST', 'http.target': '/v1/charges?key=1' },
  ],
  [
    'GET /users/<id>',
    'server',
    'GET /users/<id>',
    { 'http.method': 'GET', 'http.target': '/users/7' },
  ],
  [
    'GET /users/{id}',
    'server',
    '/users/{id}',
    { 'http.method': 'GET', 'http.route': '/users/{id}' },
  ],
  ['GET /a', 'server', 'GET', { 'http.method': 'GET', 'http.url': 'https://me:x@host:8443/a?b#c' }],
  ['GET', 'server', 'GET', { 'http.request.method': 'GET' }],
  [
    'orders.Orders/Get',
    'server',
    'x',
    { 'rpc.system': 'grpc', 'rpc.service': 'orders.Orders', 'rpc.method': 'Get' },
  ],
  ['handle', 'server', 'handle', {}],
  // Parts of Next.js.
  [
    'render /invoices/[id]',
    'internal',
    'render route (app) /invoices/[id]',
    { 'throughline.next.kind': 'page', 'next.route': '/invoices/[id]' },
  ],
  [
    'handler /api/plan',
    'internal',
    'executing api route (app) /api/plan',
    { 'throughline.next.kind': 'handler', 'next.route': '/api/plan' },
  ],
  [
    'action saveSettings',
    'internal',
    'action saveSettings',
    { 'throughline.next.kind': 'action', 'throughline.server_action.name': 'saveSettings' },
  ],
  ['action (unnamed)', 'internal', 'action (unnamed)', { 'throughline.next.kind': 'action' }],
  ['middleware GET', 'internal', 'middleware GET', { 'throughline.next.kind': 'proxy' }],
  [
    'page load /invoices',
    'internal',
    'page load',
    { 'throughline.next.kind': 'browser', 'url.path': '/invoices' },
  ],
  [
    'POST /api/plan',
    'client',
    'POST',
    { 'throughline.next.kind': 'browser', 'http.request.method': 'POST', 'url.path': '/api/plan' },
  ],
  // Calls.
  [
    'POST payments.example.com',
    'client',
    'POST',
    {
      'http.request.method': 'POST',
      'server.address': 'payments.example.com',
      'server.port': 443,
      'url.scheme': 'https',
    },
  ],
  [
    'POST payments.example.com',
    'client',
    'POST',
    { 'http.request.method': 'POST', 'server.address': 'payments.example.com', 'server.port': 443 },
  ],
  [
    'POST payments.example.com:443',
    'client',
    'POST',
    {
      'http.request.method': 'POST',
      'server.address': 'payments.example.com',
      'server.port': 443,
      'url.full': 'http://payments.example.com:443/',
    },
  ],
  [
    'GET 127.0.0.1:3001',
    'client',
    'GET',
    { 'http.request.method': 'GET', 'server.address': '127.0.0.1', 'server.port': 3001 },
  ],
  [
    'GET [::1]:3001',
    'client',
    'GET',
    { 'http.request.method': 'GET', 'server.address': '::1', 'server.port': 3001 },
  ],
  [
    'GET api:8080',
    'client',
    'HTTP GET',
    { 'http.method': 'GET', 'http.url': 'http://api:8080/v1/x?y' },
  ],
  [
    'GET api:8080',
    'client',
    'HTTP GET',
    { 'http.method': 'GET', 'net.peer.name': 'api', 'net.peer.port': '8080' },
  ],
  [
    'orders.Orders/Get',
    'client',
    'orders.Orders/Get',
    {
      'rpc.system': 'grpc',
      'rpc.service': 'orders.Orders',
      'rpc.method': 'Get',
      'server.address': 'orders',
    },
  ],
  ['dial', 'client', 'dial', {}],
  // Queries.
  [
    'SELECT invoices',
    'client',
    'pg.query:SELECT app',
    { 'db.system.name': 'postgresql', 'db.query.text': 'select *\n  from invoices where id = $1' },
  ],
  [
    'INSERT plan_change',
    'client',
    'x',
    {
      'db.system.name': 'postgresql',
      'db.query.text': 'INSERT INTO "plan_change" (a) VALUES ($1)',
    },
  ],
  [
    'UPDATE users',
    'client',
    'x',
    { 'db.system': 'mysql', 'db.statement': 'update `users` set a = ?' },
  ],
  [
    'DELETE app.users',
    'client',
    'x',
    { 'db.system': 'mysql', 'db.statement': 'DELETE FROM app.users' },
  ],
  [
    'INSERT job',
    'client',
    'x',
    {
      'db.system.name': 'postgresql',
      'db.query.text': 'WITH ins AS (INSERT INTO job (id) SELECT 1) SELECT 2',
    },
  ],
  [
    'COMMIT',
    'client',
    'pg.query:COMMIT app',
    { 'db.system.name': 'postgresql', 'db.query.text': 'commit' },
  ],
  [
    'SELECT pg_sleep(?)',
    'client',
    'x',
    { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT pg_sleep(?)' },
  ],
  [
    'find orders',
    'client',
    'mongodb.find',
    { 'db.system': 'mongodb', 'db.operation': 'find', 'db.mongodb.collection': 'orders' },
  ],
  [
    'SELECT orders',
    'client',
    'x',
    {
      'db.system.name': 'postgresql',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'orders',
    },
  ],
  [
    'SELECT orders users',
    'client',
    'x',
    { 'db.system.name': 'postgresql', 'db.query.summary': 'SELECT orders users' },
  ],
  ['GET', 'client', 'redis-GET', { 'db.system': 'redis', 'db.operation': 'GET' }],
  ['get key', 'client', 'get', { 'db.system': 'redis', 'db.statement': 'get key' }],
  ['pg.connect', 'client', 'pg.connect', { 'db.system.name': 'postgresql' }],
  // Messages.
  [
    'send reports',
    'producer',
    'x',
    { 'messaging.destination.name': 'reports', 'messaging.operation.type': 'send' },
  ],
  [
    'send reports',
    'producer',
    'reports publish',
    { 'messaging.destination': 'reports', 'messaging.operation': 'publish' },
  ],
  [
    'job reports',
    'consumer',
    'process reports',
    { 'messaging.destination.name': 'reports', 'messaging.operation.type': 'process' },
  ],
  [
    'receive reports',
    'consumer',
    'x',
    { 'messaging.destination.name': 'reports', 'messaging.operation.type': 'receive' },
  ],
  [
    'complete reports',
    'client',
    'complete reports',
    { 'messaging.destination.name': 'reports', 'messaging.operation.type': 'settle' },
  ],
  ['work', 'consumer', 'work', {}],
  // Anything else.
  ['parse quantity', 'internal', 'parse quantity', {}],
  ['a b', 'internal', ' a\n\tb ', {}],
  ['(no name)', 'internal', '', {}],
] as const)('%s: a %s span "%s"', ([title, kind, name, attributes]) => {
  expect(titleOf(makeSpan({ kind, name, attributes }))).toBe(title)
})

test('a title is never long, whatever it is made of', () => {
  const long = 'x'.repeat(3_000_000)
  const titles = [
    makeSpan({ name: long }),
    makeSpan({ kind: 'server', attributes: { 'http.request.method': long } }),
    makeSpan({ kind: 'client', attributes: { 'db.system.name': 'x', 'db.query.text': long } }),
    makeSpan({
      kind: 'client',
      attributes: { 'http.method': 'GET', 'http.url': `http://${long}` },
    }),
  ].map(titleOf)
  expect(Math.max(...titles.map(title => title.length))).toBe(120)
})
