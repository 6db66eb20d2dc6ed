import { createRequire } from 'node:module'
import { startCollector } from '@throughline/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareApp, startApp, type PreparedApp } from './fixture-app.ts'
import { checkSentryErrors } from './sentry-errors.ts'

let prepared: PreparedApp
beforeAll(async () => {
  prepared = await prepareApp({
    next: 16,
    bundler: 'turbopack',
    mode: 'start',
    way: 'register',
  })
})
afterAll(() => prepared?.remove())

const { resolve } = createRequire(new URL('../../fixture-node/package.json', import.meta.url))
const neighbours = createRequire(new URL('../../fixture-neighbours/package.json', import.meta.url))

test.for([
  ['another OpenTelemetry set-up', resolve('./sdk-first.mjs'), 'another OpenTelemetry set-up ('],
  [
    'our own register for Node',
    '@throughline/node/register',
    '--import @throughline/node/register already traces this process',
  ],
  [
    'Sentry with a set-up of its own',
    neighbours.resolve('./sentry-first.mjs'),
    'Sentry (SentryTracerProvider) already traces this process. Pass `enableOpenTelemetrySetup: false` to Sentry.init',
  ],
])(
  'where %s was first, register() says so and the application serves',
  async ([, first, words]) => {
    await using app = await startApp(prepared, 'register', {
      OTEL_TRACES_EXPORTER: 'none',
      NODE_OPTIONS: `--import ${first}`,
      SENTRY_FIRST: '{ "dsn": "http://public@127.0.0.1:9/1", "enableOpenTelemetrySetup": true }',
    })
    expect((await fetch(`${app.url}/static`)).status).toBe(200)
    expect(app.output()).toContain('throughline: register() of @throughline/next was not started')
    expect(app.output()).toContain(words)
  },
)

test('after the preload, register() has nothing to do and nothing to say', async () => {
  await using collector = await startCollector()
  await using app = await startApp(prepared, 'register', {
    ...collector.env,
    NODE_OPTIONS: '--import @throughline/next/preload',
  })
  expect((await fetch(`${app.url}/static`)).status).toBe(200)
  await collector.waitForTrace({ root: 'GET /static' })
  expect(app.output()).not.toContain('was not started')
})

test('THROUGHLINE_DEBUG=1 lists the instrumentations that were loaded, those of what the application has', async () => {
  await using app = await startApp(prepared, 'register', {
    OTEL_TRACES_EXPORTER: 'none',
    THROUGHLINE_DEBUG: '1',
  })
  expect((await fetch(`${app.url}/static`)).status).toBe(200)
  const loaded = [...app.output().matchAll(/^throughline: loads (\S+)$/gm)].map(([, name]) => name)
  expect(loaded).toEqual(['@opentelemetry/instrumentation-pg'])
})

test('without a DSN no module of Sentry is loaded, and with one it is', async () => {
  const environment = {
    OTEL_TRACES_EXPORTER: 'none',
    NODE_OPTIONS: `--import ${neighbours.resolve('./list-modules.mjs')}`,
  }
  await using without = await startApp(prepared, 'register', environment)
  await fetch(`${without.url}/api/boom`)
  expect(without.output()).not.toContain('list-modules: @sentry/')
  await using app = await startApp(prepared, 'register', {
    ...environment,
    SENTRY_DSN: 'http://public@127.0.0.1:9/1',
  })
  await fetch(`${app.url}/api/boom`)
  expect(app.output()).toContain('list-modules: @sentry/node')
})

checkSentryErrors(() => prepared)
