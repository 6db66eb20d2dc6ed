import '@throughline/testing/matchers'
import { startTestDatabase } from '@throughline-example/database'
import { startRedis } from '@throughline/checks/redis'
import { startCollector } from '@throughline/testing'
import { expect, test } from 'vitest'
import { startFixture } from './fixture-app.ts'
import { startStub } from './stub-service.ts'

test('Koa, and an outgoing call by a named import of node:http, are traced without a loader hook', async () => {
  await using collector = await startCollector()
  await using stub = await startStub()
  await using app = await startFixture('koa-app.mjs', {
    environment: { ...collector.env, OTEL_SERVICE_NAME: 'koa', STUB_URL: stub.url },
  })
  await fetch(app.url)
  const trace = await collector.waitForTrace({ root: 'GET', spans: 2 })
  expect(trace).toContainPath([{ kind: 'server' }, { kind: 'client', name: 'GET' }])
})

test('ioredis against a real Redis and knex against a real PostgreSQL are loaded on demand and traced', async () => {
  const database = await startTestDatabase()
  await using redis = await startRedis()
  await using collector = await startCollector()
  await using app = await startFixture('stores-app.mjs', {
    environment: {
      ...collector.env,
      OTEL_SERVICE_NAME: 'stores',
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
    },
  })
  const answer = await (await fetch(app.url)).json()
  expect(answer).toEqual({ greeting: 'hello', rows: [{ one: 1 }] })
  const trace = await collector.waitForTrace({ root: 'GET', spans: 5 })
  expect(trace).toHaveNoOrphans()
  expect(trace).toContainPath([{ kind: 'server' }, { attributes: { 'db.system.name': 'redis' } }])
  expect(trace).toContainPath([
    { kind: 'server' },
    /^(select|raw)/i,
    { attributes: { 'db.system.name': 'postgresql' } },
  ])
  await database.stop()
})

test('only what the application has is loaded, and THROUGHLINE_DEBUG=1 lists it in order', async () => {
  await using app = await startFixture('signals-app.mjs', {
    environment: { THROUGHLINE_DEBUG: '1', OTEL_TRACES_EXPORTER: 'none' },
  })
  const loaded = [...app.output().matchAll(/^throughline: loads (\S+)$/gm)].map(
    ([, name]) => name ?? '',
  )
  expect(loaded).toContain('@opentelemetry/sdk-trace')
  expect(loaded).toEqual([...new Set(loaded)])
  expect(
    loaded.filter(name => name.startsWith('@opentelemetry/instrumentation-')).toSorted(),
  ).toEqual(
    ['express', 'http', 'ioredis', 'knex', 'koa', 'pg', 'pino', 'undici'].map(
      name => `@opentelemetry/instrumentation-${name}`,
    ),
  )
})
