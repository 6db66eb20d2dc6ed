import { expect, test } from 'vitest'
import { serverRoutes } from './server-routes.ts'

test('an app of several files, with a path before all', () => {
  expect(
    serverRoutes({
      'src/index.ts': `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { logger } from 'hono/logger'
import { createBooks } from './books.ts'
import users from './users'
const app = new Hono().basePath('/api')
app.use('*', logger())
app.get('/', c => c.text('Hello')).post('/posts', h)
app.route('/users', users).route('/books', createBooks())
app.on(['PUT', 'delete'], ['/a/:id', '/b/:id'], h)
app.get('/date/:date{[0-9]+}/x', h)
app.get('/animal/:type?', h)
app.all('/files/*', h)
app.notFound(c => c.text('none', 404))
serve({ fetch: app.fetch, port: 3000 })`,
      'src/users.ts': `import { Hono } from 'hono'
const app = new Hono<{ Variables: Variables }>()
  .get('/', h)
  .get('/:id', h)
export default app`,
      'src/books.ts': `import { Hono } from 'hono'
export const createBooks = () => {
  const books = new Hono({ strict: false })
  books.delete('/:id', h)
  return books
}`,
    }),
  ).toEqual([
    '* /api/files/**',
    'DELETE /api/a/:id',
    'DELETE /api/b/:id',
    'DELETE /api/books/:id',
    'GET /api',
    'GET /api/animal',
    'GET /api/animal/:type',
    'GET /api/date/:date{[0-9]+}/x',
    'GET /api/users',
    'GET /api/users/:id',
    'POST /api/posts',
    'PUT /api/a/:id',
    'PUT /api/b/:id',
  ])
})

test('routes that are described for OpenAPI', () => {
  expect(
    serverRoutes({
      'app.ts': `import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
const app = new OpenAPIHono()
const getUser = createRoute({ method: 'get', path: '/users/{id}', responses: {} })
app.openapi(getUser, h)
app.openapi(make(), h)
app.doc('/doc', { openapi: '3.0.0' })
export default app`,
    }),
  ).toEqual(['GET /users/:id', 'app.ts:5 api: the options of a route cannot be read'])
})

test.for([
  ["app.get('/a', h)", ['GET /a']],
  ['app.get(path, h)', ['app.ts:3 api: the path of a route cannot be read']],
  ["app.on(methods, '/a', h)", ['app.ts:3 api: the method of the route "/a" cannot be read']],
  ["app.on('PURGE', '/a', h)", ['app.ts:3 api: the catalog cannot list the route "PURGE /a"']],
  ["app.mount('/old', old.fetch)", ['app.ts:3 api: what is mounted is of another framework']],
  [
    "for (const one of all) app.route('/x', one)",
    ['app.ts:3 api: what is mounted cannot be followed'],
  ],
  [
    "const inner = new Hono()\ninner.get('/a', h)\napp.route(process.env.P, inner)",
    ['app.ts:4 api: the prefix of the route "/a" cannot be read'],
  ],
] as const)('%j is %j', ([lines, expected]) => {
  const text = `import { Hono } from 'hono'\nconst app = new Hono()\n${lines}`
  expect(serverRoutes({ 'app.ts': text })).toEqual(expected)
})

test('of several that are mounted nowhere, only the one that is served has routes', () => {
  const inner = "import { Hono } from 'hono'\nexport const inner = new Hono().get('/inner', h)"
  const outer = `import { Hono } from 'hono'
const app = new Hono()
for (const one of Object.values(await load())) app.route('/x', one)
app.get('/outer', h)
`
  const lost = 'inner.ts:2 api: a router is mounted nowhere that can be followed'
  const unread = 'app.ts:3 api: what is mounted cannot be followed'
  expect(
    serverRoutes({ 'app.ts': `${outer}Bun.serve({ fetch: app.fetch })`, 'inner.ts': inner }),
  ).toEqual(['GET /outer', unread, lost])
  expect(serverRoutes({ 'app.ts': outer, 'inner.ts': inner })).toEqual([
    'app.ts:2 api: a router is mounted nowhere that can be followed',
    unread,
    lost,
  ])
})
