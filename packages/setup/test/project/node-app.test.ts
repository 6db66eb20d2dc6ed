import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { readProject } from '../../src/index.ts'

type Files = Readonly<Record<string, string>>

const SERVER = "import { createServer } from 'node:http'\n\ncreateServer(answer).listen(3000)\n"
const START = { start: 'node server.js' }

const started = (dependencies: object, fields: object = {}): Files => ({
  'package.json': JSON.stringify({ name: 'api', scripts: START, dependencies, ...fields }),
  'server.js': '',
})
const plain = (server: string, fields: object = {}): Files => ({
  ...started({}, fields),
  'server.js': server,
})

const APPS: readonly (readonly [what: string, files: Files, app: object])[] = [
  ['fastify', started({ fastify: '5' }), { framework: 'fastify', modules: 'cjs' }],
  ['express', started({ express: '5' }), { framework: 'express' }],
  ['koa', started({ koa: '3' }), { framework: 'koa' }],
  ['hono on Node', started({ hono: '4', '@hono/node-server': '2' }), { framework: 'hono' }],
  [
    'nest on fastify',
    started({ '@nestjs/core': '11', fastify: '5', express: '5' }),
    { framework: 'nest' },
  ],
  [
    'a framework among devDependencies',
    started({}, { devDependencies: { express: '5' } }),
    { framework: 'express' },
  ],
  ['ES modules', started({ koa: '3' }, { type: 'module' }), { modules: 'esm' }],
  ['JavaScript', started({ koa: '3' }), { isTypeScript: false }],
  ['TypeScript', { ...started({ koa: '3' }), 'tsconfig.json': '{}' }, { isTypeScript: true }],
  ['without ours', started({ koa: '3' }), { isInstalled: false }],
  ['with ours', started({ koa: '3', '@throughline/node': '1' }), { isInstalled: true }],
  ['http by itself', plain(SERVER), { framework: 'http' }],
  ['http without node:', plain(SERVER.replace('node:', '')), { framework: 'http' }],
  [
    'http in CommonJS',
    plain("const http = require('http')\nconst server = http.createServer(a)\nserver.listen(1)\n"),
    { framework: 'http' },
  ],
  [
    'http2',
    plain("import { createSecureServer } from 'node:http2'\ncreateSecureServer(a).listen(1)\n"),
    { framework: 'http' },
  ],
  [
    'http that is made in one file and listens in another',
    {
      ...plain("import { server } from './made.js'\nserver.listen(3000)\n"),
      'made.js': "import http from 'node:http'\nexport const server = http.createServer()\n",
    },
    { framework: 'http' },
  ],
  ['hapi', started({ '@hapi/hapi': '21' }), { framework: 'http' }],
  ...['pg', 'bullmq', 'pg-boss', 'kafkajs', 'amqplib', 'ioredis', 'mysql2', 'mongodb'].map(
    library =>
      [`a worker with ${library}`, started({ [library]: '1' }), { framework: 'http' }] as const,
  ),
  [
    'all scripts that start it',
    started(
      { fastify: '5' },
      { scripts: { dev: 'tsx watch server.js', build: 'tsc', start: 'nodemon server.js' } },
    ),
    {
      starts: [
        { name: 'dev', command: 'tsx watch server.js', takesImport: true },
        { name: 'start', command: 'nodemon server.js', takesImport: false },
      ],
    },
  ],
]

test.for(APPS)('%s is a Node application', ([, files, app]) => {
  expect(readProject(createTempFolder(files)).apps).toMatchObject([
    { kind: 'node', path: '', service: 'api', ...app },
  ])
})

const NO_APPS: readonly (readonly [what: string, files: Files])[] = [
  ['a library without a start', started({ fastify: '5' }, { scripts: {}, main: 'server.js' })],
  ['a test that runs node', started({ express: '5' }, { scripts: { test: 'node test/a.js' } })],
  ['a build that runs node', started({ express: '5' }, { scripts: { build: 'node build.js' } })],
  ['a watched build', started({ express: '5' }, { scripts: { dev: 'node build.js --watch' } })],
  ['a front end', started({ express: '5' }, { scripts: { dev: 'vite', start: 'vite preview' } })],
  ['a script without a server', plain('console.log(1)\n')],
  ['a server of something else', plain(SERVER.replace('node:http', 'vite'))],
  ['a server that nothing listens on', plain(SERVER.replace('.listen(3000)', ''))],
  ['a client of http', plain("import { request } from 'node:http'\nrequest('http://a').end()\n")],
  ['a server in a test alone', { ...plain(''), 'test/server.js': SERVER, 'a.test.js': SERVER }],
  ['a server of a dependency', { ...plain(''), 'node_modules/a/server.js': SERVER }],
  [
    'a driver without a file that is there',
    started({ pg: '8' }, { scripts: { start: 'node x.js' } }),
  ],
  ['a driver without a start', started({ pg: '8' }, { scripts: { migrate: 'node server.js' } })],
  ['scripts that are no texts', started({ koa: '3' }, { scripts: { start: 7 } })],
  ['scripts that are no object', started({ koa: '3' }, { scripts: [] })],
]

test.for(NO_APPS)('%s is no application', ([, files]) => {
  expect(readProject(createTempFolder(files))).toMatchObject({ apps: [], remarks: [] })
})

test("what runs on Cloudflare's edge is remarked on", () => {
  const files = started({ hono: '4', wrangler: '4' }, { scripts: { dev: 'wrangler dev' } })
  expect(readProject(createTempFolder(files))).toMatchObject({
    apps: [],
    remarks: [
      {
        at: 'package.json',
        what: "api runs on Cloudflare's edge, where nothing of ours runs",
        fix: 'leave it out; its calls begin traces of their own',
      },
    ],
  })
})
