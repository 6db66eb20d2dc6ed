import { describe, expect, test } from 'vitest'
import { findFastifyRoutes } from '../src/lint/routes-in-code/fastify.ts'
import { findAppRoutes } from '../src/lint/routes-in-code/next-app.ts'
import { findPageRoutes } from '../src/lint/routes-in-code/next-pages.ts'
import { findNextProjects } from '../src/lint/routes-in-code/next-project.ts'
import { parseRouteList } from '../src/lint/routes-in-code/route-list.ts'
import { openSources } from '../src/lint/routes-in-code/source-tree.ts'

type Files = Readonly<Record<string, string>>

const open = (files: Files): ReturnType<typeof openSources> =>
  openSources(new Map(Object.entries(files)))

const projectsAmong = (paths: readonly string[]): ReturnType<typeof findNextProjects> =>
  findNextProjects(new Map(paths.map(path => [path, ''])))

/** The routes of an app folder, or the messages of its gaps. */
function appRoutes(files: Files): string[] {
  const { routes, gaps } = findAppRoutes('web', 'app', open(files))
  return [
    ...routes.map(({ pattern }) => pattern.text),
    ...gaps.map(({ message }) => message),
  ].toSorted()
}

/** The routes of Fastify's instances, and where something could not be read; nothing without an instance. */
function fastifyRoutes(files: Files): string[] | undefined {
  const found = findFastifyRoutes('api', open(files))
  return (
    found &&
    [
      ...found.routes.map(({ pattern }) => pattern.text),
      ...found.gaps.map(({ at, message }) => `${at} ${message}`),
    ].toSorted()
  )
}

describe('the app folder of Next.js', () => {
  test('pages are GET, whatever their folders are for', () => {
    const page = 'export default () => null'
    expect(
      appRoutes({
        'app/page.tsx': page,
        'app/(shop)/invoices/[id]/page.jsx': page,
        'app/docs/[...slug]/page.mdx': '# Docs',
        'app/help/[[...slug]]/page.tsx': page,
        'app/@modal/photos/page.tsx': page,
        'app/@modal/(.)photos/[id]/page.tsx': page,
        'app/feed/(..)photos/[id]/page.tsx': page,
        'app/_lib/page.tsx': page,
        'app/%5Fstatus/page.tsx': page,
        'app/layout.tsx': page,
        'app/loading.tsx': page,
        'app/page.module.css': '',
        'app/page.test.tsx': page,
      }),
    ).toEqual([
      'GET /',
      'GET /_status',
      'GET /docs/[...slug]',
      'GET /help/[[...slug]]',
      'GET /invoices/[id]',
      'GET /photos',
    ])
  })

  test('a route handler has the methods that it exports, in whatever form', () => {
    expect(
      appRoutes({
        'app/a/route.ts': 'export async function GET() {}\nexport function helper() {}',
        'app/b/route.ts': 'export const POST = 1, PUT = 2',
        'app/c/route.js': 'const handle = () => {}\nexport { handle as PATCH }',
        'app/d/route.ts': "export { GET, POST as DELETE } from './handlers'",
        'app/e/route.ts': "export * from '../shared/handlers.js'",
        'app/f/route.ts': 'export const { GET, POST: HEAD } = auth.handlers',
        'app/shared/handlers.ts':
          'export const OPTIONS = 1\nexport const dynamic = "force-dynamic"',
      }),
    ).toEqual([
      'DELETE /d',
      'GET /a',
      'GET /d',
      'GET /f',
      'HEAD /f',
      'OPTIONS /e',
      'PATCH /c',
      'POST /b',
      'PUT /b',
    ])
  })

  test('a type of the name of a method is no method', () => {
    expect(
      appRoutes({ 'app/a/route.ts': 'export type GET = string\nexport const POST = 1' }),
    ).toEqual(['POST /a'])
  })

  test('methods that come from elsewhere are a gap', () => {
    const message = 'web: the methods of the route handler for /a cannot be read'
    expect(appRoutes({ 'app/a/route.ts': "export * from 'package'" })).toEqual([message])
    expect(appRoutes({ 'app/a/route.ts': 'module.exports = { GET() {} }' })).toEqual([message])
  })

  test('a page that uses a server action takes POST as well: its own, an imported one, and that of a layout', () => {
    const page = 'export default () => null'
    expect(
      appRoutes({
        'app/own/page.tsx': "export default () => <form action={async () => { 'use server' }} />",
        'app/imported/page.tsx': "import { Form } from '@/ui/form'\nexport default () => <Form />",
        'app/settings/layout.tsx': "import { save } from '#lib/save.ts'\nexport default () => save",
        'app/settings/deep/page.tsx': page,
        'app/plain/page.tsx': "import { words } from '@/ui/words'\nexport default () => words",
        'ui/form.tsx': "import { save } from '../lib/save.js'\nexport const Form = () => save",
        'ui/words.ts':
          "// 'use server' is only talked about here\nexport const words = 'use server'",
        'lib/save.ts': "'use server'\nexport async function save() {}",
        'tsconfig.json': '{ "compilerOptions": { /* aliases */ "paths": { "@/*": ["./*"], }, } }',
        'package.json': '{ "imports": { "#lib/*": "./lib/*" } }',
      }),
    ).toEqual([
      'GET /imported',
      'GET /own',
      'GET /plain',
      'GET /settings/deep',
      'POST /imported',
      'POST /own',
      'POST /settings/deep',
    ])
  })

  test('code for crawlers is a route; files for them, and images, are none', () => {
    expect(
      appRoutes({
        'app/sitemap.ts': 'export default () => []',
        'app/robots.ts': 'export default () => ({})',
        'app/manifest.ts': 'export default () => ({})',
        'app/icon.tsx': 'export default () => null',
        'app/opengraph-image.tsx': 'export default () => null',
      }),
    ).toEqual(['GET /manifest.webmanifest', 'GET /robots.txt', 'GET /sitemap.xml'])
  })
})

test('a pages folder has GET for pages and any method for its API', () => {
  const files = {
    'pages/index.tsx': '',
    'pages/_app.tsx': '',
    'pages/404.tsx': '',
    'pages/blog/[slug].tsx': '',
    'pages/blog/index.tsx': '',
    'pages/api/users/[id].ts': '',
  }
  const { routes } = findPageRoutes('web', 'pages', open(files))
  expect(routes.map(({ pattern }) => pattern.text).toSorted()).toEqual([
    '* /api/users/[id]',
    'GET /',
    'GET /blog',
    'GET /blog/[slug]',
  ])
})

test('an application of Next.js is found beside its next.config, with its folders there or in src', () => {
  expect(
    projectsAmong([
      'a/next.config.ts',
      'a/app/page.tsx',
      'a/src/app/page.tsx',
      'b/next.config.mjs',
      'b/src/app/page.tsx',
      'b/src/pages/index.tsx',
      'c/next.config.js',
      'd/app/page.tsx',
    ]),
  ).toEqual([
    { app: 'a/app', pages: undefined },
    { app: 'b/src/app', pages: 'b/src/pages' },
  ])
})

describe('Fastify', () => {
  test('routes of an instance, by its methods and by route()', () => {
    expect(
      fastifyRoutes({
        'app.ts': `import Fastify from 'fastify'
const LIST = '/items'
const PATHS = { one: \`\${LIST}/:id\` } as const
const app = Fastify({ logger: true }).withTypeProvider<Json>()
app.get('/', handler)
app.get<{ Params: { id: string } }>(PATHS.one, {}, handler).post(LIST, handler)
app.all('/any', handler)
app.route({ method: ['PUT', 'PATCH'], url: LIST + '/:id', handler })
app.route({ method: 'DELETE', path: '/items/:id' })
app.get('/files/*', handler)
app.get('/years/:year?', handler)
app.decorate('get', '/no')
other.get('/nowhere')
`,
      }),
    ).toEqual([
      '* /any',
      'DELETE /items/:id',
      'GET /',
      'GET /files/**',
      'GET /items/:id',
      'GET /years',
      'GET /years/:year',
      'PATCH /items/:id',
      'POST /items',
      'PUT /items/:id',
    ])
  })

  test('plugins get their prefixes, however deep, from whichever file', () => {
    expect(
      fastifyRoutes({
        'src/server.ts': `import { fastify } from 'fastify'
import users, { admin } from './users.js'
import * as orders from './orders.js'
import fp from 'fastify-plugin'
import swagger from '@fastify/swagger'
const PREFIX = { prefix: '/v1' }
export async function createServer() {
  const server = fastify()
  server.register(swagger)
  await server.register(users, PREFIX)
  server.register(async app => {
    app.get('/inline', h)
    app.register(admin, { prefix: 'admin' })
  }, { prefix: '/v2' })
  server.register(orders.routes, { prefix: '/orders' })
  server.register(import('./late.js'), { prefix: '/late' })
  server.register(fp(async instance => { instance.get('/wrapped', h) }), { prefix: '/ignored' })
  server.register(createPlugin('x'))
  return server
}
const createPlugin = name => async app => { app.get('/made', h) }
`,
        'src/users.ts': `export default async function users(app) { app.get('/users', h) }
export const admin = (app, options, done) => { app.get('/', h); done() }
`,
        'src/orders.ts': "export { list as routes } from './orders/list.ts'\n",
        'src/orders/list.ts': "export function list(fastify) { fastify.get('/:id', h) }\n",
        'src/late.ts': "const plugin = async app => { app.get('/x', h) }\nexport default plugin\n",
      }),
    ).toEqual([
      'GET /late/x',
      'GET /made',
      'GET /orders/:id',
      'GET /v1/users',
      'GET /v2/admin',
      'GET /v2/inline',
      'GET /wrapped',
    ])
  })

  test('functions that an instance is given to are followed, alone or within an object', () => {
    expect(
      fastifyRoutes({
        'app.mjs': `import Fastify from 'fastify'
import { serve } from './serve.mjs'
const build = () => Fastify()
function start() {
  const app = build()
  serve({ server: app, database })
  health(app)
  closeWithGrace(app)
  return { app }
}
function health(instance) { instance.get('/health', h) }
const { app: running } = start()
running.get('/late', h)
`,
        'serve.mjs': "export function serve({ server, database }) { server.get('/served', h) }\n",
      }),
    ).toEqual([
      'GET /health',
      'GET /late',
      'GET /served',
      'app.mjs:8 api: closeWithGrace is given the Fastify instance, and cannot be followed',
    ])
  })

  test('an instance may be a field of a class, or come from require', () => {
    expect(
      fastifyRoutes({
        'app.cjs':
          "const app = require('fastify')()\napp.get('/required', h)\napp.register(require('./more'), { prefix: '/more' })\n",
        'more.js': "module.exports = async function (app) { app.get('/x', h) }\n",
        'server.ts': `import Fastify from 'fastify'
class Server {
  private readonly app = Fastify()
  listen() { this.app.get('/field', h); this.db.get('/no') }
}
let later: FastifyInstance
function set() { later = Fastify() }
later.get('/later', h)
`,
      }),
    ).toEqual(['GET /field', 'GET /later', 'GET /more/x', 'GET /required'])
  })

  test('what has to be computed is a gap, never a guess', () => {
    expect(
      fastifyRoutes({
        'app.ts': `import Fastify from 'fastify'
import autoload from '@fastify/autoload'
const app = Fastify()
for (const path of paths) app.get(path, h)
app.get(\`/a/\${process.env.X}\`, h)
app.route(options)
app.route({ method: verb, url: '/x' })
app.register(autoload, { dir: 'routes' })
app.register(async api => { api.get('/known', h) }, { prefix: process.env.PREFIX })
app.register(plugins.pop())
function add(path) { app.get(path, h) }
const path = '/not-this'
`,
      }),
    ).toEqual([
      'app.ts:10 api: a plugin cannot be followed',
      'app.ts:11 api: the path of a route cannot be read',
      'app.ts:4 api: the path of a route cannot be read',
      'app.ts:5 api: the path of a route cannot be read',
      'app.ts:6 api: the options of a route cannot be read',
      'app.ts:7 api: the method of the route "/x" cannot be read',
      'app.ts:8 api: autoload registers whatever a folder holds',
      'app.ts:9 api: the prefix of the route "/known" cannot be read',
    ])
  })

  test('packages that have no routes are let pass, others are a gap', () => {
    expect(
      fastifyRoutes({
        'app.ts': `import Fastify from 'fastify'
import cors from '@fastify/cors'
import files from '@fastify/static'
import { setupFastifyErrorHandler } from '@sentry/node'
import { mount } from '@acme/routes'
const app = Fastify()
app.register(cors, { origin: true }).get('/x', h)
app.register(files)
app.register(import('@acme/health'))
setupFastifyErrorHandler(app)
mount(app)
console.log(app)
`,
      }),
    ).toEqual([
      'GET /x',
      'app.ts:11 api: the package "@acme/routes" may register routes',
      'app.ts:8 api: the package "@fastify/static" may register routes',
      'app.ts:9 api: the package "@acme/health" may register routes',
    ])
  })

  test('a plugin that registers itself again ends', () => {
    expect(
      fastifyRoutes({
        'app.ts': `import Fastify from 'fastify'
const app = Fastify()
async function plugin(inner) { inner.get('/x', h); inner.register(plugin) }
app.register(plugin, { prefix: '/a' })
`,
      }),
    ).toEqual(['GET /a/x'])
  })

  test('sources without an instance, or that cannot be parsed, have no routes', () => {
    expect(
      fastifyRoutes({ 'a.ts': "import express from 'express'\nexpress().get('/x')" }),
    ).toBeUndefined()
    expect(
      fastifyRoutes({ 'a.ts': "import Fastify from 'fastify'\nconst app = Fastify(" }),
    ).toBeUndefined()
  })
})

describe('a list of routes that the running app prints', () => {
  test('gives the routes as they are', () => {
    const parsed = parseRouteList(
      '[{ "service": "api", "method": "get", "route": "/v1/:id" }]',
      'routes.json',
    )
    expect(
      parsed.ok && parsed.value.map(({ service, pattern }) => `${service} ${pattern.text}`),
    ).toEqual(['api GET /v1/:id'])
  })

  test.each([
    ['{', 'not valid JSON'],
    ['{}', 'not a JSON array'],
    ['[{ "service": "api" }]', 'entry 0 is not a service, a method and a route'],
    ['[{ "service": "api", "method": "FETCH", "route": "/" }]', 'entry 0'],
  ])('that is %s is refused', (text, message) => {
    const parsed = parseRouteList(text, 'routes.json')
    expect(parsed.ok ? [] : parsed.problems.map(problem => problem.message)).toEqual([
      expect.stringContaining(message),
    ])
  })
})
