import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { showFirstTrace, type FirstTrace } from '../src/run/first-trace.ts'
import { findFreePorts } from '../src/run/free-ports.ts'
import { startApp } from '../src/run/start-app.ts'
import { createTempApp, fastifyServer } from './temp-app.ts'

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] }
const ENDPOINT = 'http://127.0.0.1:9'

const codesOf = (first: FirstTrace): readonly string[] =>
  first.kind === 'none' ? first.reasons.map(({ code }) => code) : [first.kind]

test('an application that works shows the trace of its route', async () => {
  const { app, project, leftovers } = createTempApp({ source: fastifyServer() })
  const said: string[] = []
  const first = await showFirstTrace(app, project, { env, say: line => void said.push(line) })
  expect(first).toMatchObject({
    kind: 'trace',
    request: { path: '/orders', status: 200 },
    reading: { title: 'GET /orders', outcome: '200', services: ['orders'] },
  })
  expect(said).toEqual([
    'npm run dev',
    expect.stringMatching(/^listens at http:\/\/\S+:\d+$/),
    'GET /orders 200',
  ])
  expect(leftovers()).toEqual([])
})

test('one that listens elsewhere than it is told is found, and so is one that says nothing of it', async () => {
  const [port = 0] = await findFreePorts(1)
  const { app, project, leftovers } = createTempApp({
    source: fastifyServer(`{ port: ${port}, host: '127.0.0.1' }`),
  })
  const first = await showFirstTrace(app, project, { env })
  expect(first).toMatchObject({ kind: 'trace', reading: { title: 'GET /orders' } })
  expect(leftovers()).toEqual([])
})

test('a watcher whose application works is one application', async () => {
  const { app, project, leftovers } = createTempApp({
    start: '--watch --import @throughline/node/register server.mjs',
    source: fastifyServer(),
  })
  expect(codesOf(await showFirstTrace(app, project, { env }))).toEqual(['trace'])
  expect(leftovers()).toEqual([])
})

test('a proxy of the environment is not asked for what stands on this machine', async () => {
  const { app, project, leftovers } = createTempApp({ source: fastifyServer() })
  const proxy = createServer(socket => socket.destroy()).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address() as { port: number }
  const first = await showFirstTrace(app, project, {
    env: { ...env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://127.0.0.1:${address.port}` },
  })
  proxy.close()
  expect(codesOf(first)).toEqual(['trace'])
  expect(leftovers()).toEqual([])
})

test.for([
  { how: 'started by itself', start: 'server.mjs' },
  { how: 'started by a watcher, which stays', start: '--watch server.mjs' },
])('one that crashes, $how, is told with what it wrote', async ({ start }) => {
  const { app, project, leftovers } = createTempApp({
    start,
    source: "throw new Error('DATABASE_URL is not set')",
  })
  const first = await showFirstTrace(app, project, { env })
  expect(first).toMatchObject({
    kind: 'none',
    reasons: [{ code: 'APP_ENDED', what: expect.stringContaining('DATABASE_URL is not set') }],
  })
  expect(leftovers()).toEqual([])
})

test('one that never listens is told with what it wrote, and ended, though it does not want to', async () => {
  const { app, project, leftovers } = createTempApp({
    source: `
      import { spawn } from 'node:child_process'
      process.on('SIGTERM', () => undefined)
      spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => 0); setInterval(() => 0, 1000)', process.argv[2]], { detached: true, stdio: 'ignore' })
      console.log('waiting for the database')
      setInterval(() => undefined, 1000)
    `,
  })
  const started = startApp(app, project, {
    script: 'dev',
    endpoint: ENDPOINT,
    env,
    listenTimeoutMs: 3_000,
    graceMs: 200,
  })
  await expect(started).rejects.toMatchObject({
    code: 'APP_NOT_LISTENING',
    message: expect.stringMatching(
      /^npm run dev runs, and listens nowhere\n[^]*\n {2}waiting for the database$/,
    ),
  })
  expect(leftovers()).toEqual([])
})

test('a start that is called off leaves nothing', async () => {
  const { app, project, leftovers } = createTempApp({
    source: 'setInterval(() => undefined, 1000)',
  })
  const control = new AbortController()
  const first = showFirstTrace(app, project, {
    env,
    signal: control.signal,
    say: () => void setTimeout(() => control.abort(new Error('called off')), 1_000),
  })
  await expect(first).rejects.toThrow('called off')
  expect(leftovers()).toEqual([])
})

test('a package manager that is not there is named', async () => {
  const { app, project } = createTempApp({ source: '' })
  const packageManager = { ...project.packageManager, name: 'bun' } as const
  const first = await showFirstTrace(
    app,
    { ...project, packageManager },
    { env: { ...env, PATH: '/nowhere' } },
  )
  expect(codesOf(first)).toEqual(['PACKAGE_MANAGER_MISSING'])
})

test.for([
  { what: 'without a package of ours', dependencies: ['fastify'], code: 'PACKAGE_MISSING' },
  {
    what: 'without the preload',
    dependencies: ['@throughline/node', 'fastify'],
    code: 'PRELOAD_MISSING',
  },
])('one $what has no trace, and that is why', async ({ dependencies, code }) => {
  const { app, project, leftovers } = createTempApp({
    start: 'server.mjs',
    source: fastifyServer(),
    dependencies,
  })
  expect(codesOf(await showFirstTrace(app, project, { env }))).toEqual([code])
  expect(leftovers()).toEqual([])
})

test('one that another tracer has first says which, and what to do', async () => {
  const { app, project, leftovers } = createTempApp({
    start:
      '--import ../../../fixture-node/sdk-first.mjs --import @throughline/node/register server.mjs',
    source: fastifyServer(),
  })
  expect(await showFirstTrace(app, project, { env })).toMatchObject({
    reasons: [
      {
        code: 'TRACED_ALREADY',
        what: expect.stringContaining('another OpenTelemetry set-up (TracerProvider)'),
        fix: expect.stringContaining('Remove the other set-up'),
      },
    ],
  })
  expect(leftovers()).toEqual([])
})

test('one that reports under another name says under which', async () => {
  const { app, project, leftovers } = createTempApp({ source: fastifyServer() })
  const first = await showFirstTrace(app, project, {
    env: { ...env, OTEL_SERVICE_NAME: 'shop' },
  })
  expect(first).toMatchObject({
    reasons: [
      { code: 'SERVICE_NAME_DIFFERS', what: 'spans came from "shop", and none from "orders"' },
    ],
  })
  expect(leftovers()).toEqual([])
})

test('one that crashes at its request says what it wrote', async () => {
  const { app, project, leftovers } = createTempApp({
    source: `
      import { createServer } from 'node:http'
      createServer(() => {
        console.error('the pool is gone')
        process.exit(3)
      }).listen(process.env.PORT)
    `,
  })
  expect(await showFirstTrace(app, project, { env })).toMatchObject({
    reasons: [{ code: 'REQUEST_NOT_ANSWERED', what: expect.stringContaining('the pool is gone') }],
  })
  expect(leftovers()).toEqual([])
})
