import { expect, test } from 'vitest'
import { serverRoutes } from './server-routes.ts'

/** One module with an app, before the lines of a case. */
const withApp = (lines: string): string =>
  `import express from 'express'\nconst app = express()\n${lines}`

test('the app of the generator of Express', () => {
  expect(
    serverRoutes({
      'bin/www.js': `var app = require('../app');
var http = require('http');
app.set('port', 3000);
var server = http.createServer(app);`,
      'app.js': `var createError = require('http-errors');
var express = require('express');
var path = require('path');
var logger = require('morgan');
var indexRouter = require('./routes/index');
var usersRouter = require('./routes/users');
var app = express();
app.set('view engine', 'jade');
app.use(logger('dev'));
app.use(express.json());
app.use(express.static(path.join(__dirname, 'public')));
app.use('/', indexRouter);
app.use('/users', usersRouter);
app.use(function(req, res, next) { next(createError(404)); });
res.locals.error = req.app.get('env') === 'development' ? err : {};
module.exports = app;`,
      'routes/index.js': `var express = require('express');
var router = express.Router();
router.get('/', function(req, res, next) { res.render('index'); });
module.exports = router;`,
      'routes/users.js': `var express = require('express');
var router = express.Router();
router.get('/', function(req, res, next) { res.send('respond'); });
router.get('/:id', function(req, res, next) { res.send('respond'); });
module.exports = router;`,
    }),
  ).toEqual(['GET /', 'GET /users', 'GET /users/:id'])
})

test('an app that a function makes, with routers from functions, by name and as given', () => {
  expect(
    serverRoutes({
      'src/server.ts': "import { createApp } from './app.js'\ncreateApp().listen(3000)",
      'src/app.ts': `import express, { Router, type Express } from 'express'
import { usersRouter } from './users'
import createOrders from './orders.js'
import { registerAdmin } from './admin'
const API = '/api'
export function createApp(deps: Deps): Express {
  const app = express()
  const v1 = Router()
  app.use(\`\${API}/v1\`, v1)
  v1.use('/users', authenticate, usersRouter).use('/orders', [limit, createOrders(deps)])
  registerAdmin(app)
  require('./more')({ server: app })
  app.use(require('./inline'))
  return app
}
const limit = (request, response, next) => next()
function authenticate(request, response, next) {}`,
      'src/users.ts': `import { Router } from 'express'
export const usersRouter = Router()
usersRouter.get('/', h).post('/', h)
const test = usersRouter => usersRouter.get('/of-another', h)`,
      'src/orders.ts': `import { Router } from 'express'
export default deps => {
  const router = Router({ mergeParams: true })
  router.route('/:id').get(h).delete(h)
  return router
}`,
      'src/admin.ts': "export const registerAdmin = server => void server.all('/admin', h)",
      'src/more.js': "module.exports = ({ server }) => { server.get('/more', h) }",
      'src/inline.js': `const router = require('express').Router()
router.get('/inline', h)
module.exports = router`,
    }),
  ).toEqual([
    '* /admin',
    'DELETE /api/v1/orders/:id',
    'GET /api/v1/orders/:id',
    'GET /api/v1/users',
    'GET /inline',
    'GET /more',
    'POST /api/v1/users',
  ])
})

test('an app in a class', () => {
  expect(
    serverRoutes({
      'app.ts': `import express from 'express'
class Server {
  readonly app = express()
  constructor() { this.app.get('/ready', h); this.mount() }
  mount() { this.app.use('/api', api) }
}
const api = express.Router().get('/health', h)`,
    }),
  ).toEqual(['GET /api/health', 'GET /ready'])
})

test.for([
  ["app.get('/a', h)", ['GET /a']],
  ["app.get(['/a', '/b/'], h)", ['GET /a', 'GET /b']],
  ["app.get('env')", []],
  ["app.all('*', h)", ['* /**']],
  ["app.get('/files/*path', h)", ['GET /files/*path']],
  ["app.get('/users/:id(\\\\d+)', h)", ['GET /users/:id(\\d+)']],
  ["app.get('/users/:id?', h)", ['GET /users', 'GET /users/:id']],
  ['app.use((request, response, next) => next())', []],
  ["const log = require('morgan')('dev')\napp.use(log)", []],
  ["app.use('/public', express.static('public'))", []],
  ["require('https').createServer({}, app)", []],
  ['app.get(/^\\/a/, h)', ['app.js:3 api: the path of a route cannot be read']],
  ["app.get('/a' + process.env.P, h)", ['app.js:3 api: the path of a route cannot be read']],
  ["app.get('/a{/:b}', h)", ['app.js:3 api: the catalog cannot list the route "GET /a{/:b}"']],
  [
    "const r = express.Router()\nr.get('/a', h)\napp.use(process.env.P + '/x', r)",
    ['app.js:4 api: the prefix of the route "/a" cannot be read'],
  ],
  [
    "const r = express.Router()\nr.get('/a', h)",
    ['app.js:3 api: a router is mounted nowhere that can be followed'],
  ],
  [
    "const r = express.Router()\nr.get('/a', h)\nr.use('/r', r)\napp.use(r)",
    ['GET /a', 'app.js:3 api: a router is mounted below itself'],
  ],
  [
    'for (const [path, router] of table) app.use(path, router)',
    ['app.js:3 api: what is mounted cannot be followed'],
  ],
  ['app.use(...all)', ['app.js:3 api: what is mounted cannot be followed']],
  [
    "import swagger from 'swagger-ui-express'\napp.use('/docs', swagger.serve)",
    ['app.js:4 api: the package "swagger-ui-express" may serve routes below "/docs"'],
  ],
  [
    "import { useExpressServer } from 'routing-controllers'\nuseExpressServer(app, {})",
    ['app.js:4 api: the package "routing-controllers" may register routes'],
  ],
  ['setup(app)', ['app.js:3 api: setup is given a router of Express, and cannot be followed']],
  ['function again(n) { return n > 0 ? again(n - 1) : again(n + 1) }\napp.use(again(1))', []],
] as const)('%j is %j', ([lines, expected]) => {
  expect(serverRoutes({ 'app.js': withApp(lines) })).toEqual(expected)
})

test('sources that only name Express make no app', () => {
  expect(serverRoutes({ 'app.js': "import type { Request } from 'express'\nget('/x', h)" })).toBe(
    undefined,
  )
})
