import '@throughline/testing/matchers'
import { startTestDatabase } from '@throughline-example/database'
import { startRedis } from '@throughline/checks/redis'
import { startCollector } from '@throughline/testing'
import { describe, expect, test } from 'vitest'
import { cellsOf } from './cell.ts'
import { startFixture, type FixtureApp } from './fixture-app.ts'
import { startStub } from './stub-service.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The server that the test ran against, by its own word, e.g. `Redis 7.0.15`. */
    server?: string
  }
}

/** The instrumentations that an application said to load, by the last part of their names. */
const instrumentationsOf = (app: FixtureApp): string[] =>
  [...app.output().matchAll(/^throughline: loads @opentelemetry\/instrumentation-(\S+)$/gm)]
    .map(([, name = '']) => name)
    .toSorted()

describe.for(cellsOf('Koa'))('$name', ({ file }) => {
  test('a request, and a call by what was imported by name from node:http, are one trace', async () => {
    await using collector = await startCollector()
    await using stub = await startStub()
    await using app = await startFixture(file, {
      environment: { ...collector.env, THROUGHLINE_DEBUG: '1', STUB_URL: stub.url },
    })
    await fetch(app.url)
    const trace = await collector.waitForTrace({ root: 'GET', spans: 2 })
    expect(trace).toContainPath([{ kind: 'server' }, { kind: 'client', name: 'GET' }])
    expect(instrumentationsOf(app)).toContain('koa')
  })
})

describe.for(cellsOf('ioredis'))('$name', ({ file }) => {
  test('its instrumentation is loaded, and commands to a real Redis are spans below their request', async ({
    task,
  }) => {
    await using redis = await startRedis()
    await using collector = await startCollector()
    await using app = await startFixture(file, {
      environment: { ...collector.env, THROUGHLINE_DEBUG: '1', REDIS_URL: redis.url },
    })
    const answer = (await (await fetch(app.url)).json()) as { readonly version: string }
    expect(answer).toEqual({ greeting: 'hello', version: expect.any(String) })
    task.meta.server = `Redis ${answer.version}`
    const trace = await collector.waitForTrace({ root: 'GET', spans: 4 })
    expect(trace).toHaveNoOrphans()
    for (const name of ['set', 'info', 'get']) {
      expect(trace).toContainPath([
        { kind: 'server' },
        { name, attributes: { 'db.system.name': 'redis' } },
      ])
    }
    expect(instrumentationsOf(app)).toContain('ioredis')
  })
})

describe.for(cellsOf('knex'))('$name', ({ file }) => {
  test('its instrumentation is loaded, and a query to a real PostgreSQL is its span with that of the driver below', async ({
    task,
  }) => {
    await using database = await startTestDatabase()
    await using collector = await startCollector()
    await using app = await startFixture(file, {
      environment: { ...collector.env, THROUGHLINE_DEBUG: '1', DATABASE_URL: database.url },
    })
    const answer = (await (await fetch(app.url)).json()) as { readonly version: string }[]
    expect(answer).toEqual([{ version: expect.any(String) }])
    task.meta.server = `PostgreSQL ${answer[0]?.version}`
    const trace = await collector.waitForTrace({ root: 'GET', spans: 3 })
    expect(trace).toHaveNoOrphans()
    expect(trace).toContainPath([
      { kind: 'server' },
      /^(select|raw)/i,
      { attributes: { 'db.system.name': 'postgresql' } },
    ])
    expect(instrumentationsOf(app)).toEqual(expect.arrayContaining(['knex', 'pg']))
  })
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
  expect(instrumentationsOf(app)).toEqual([
    'express',
    'http',
    'ioredis',
    'knex',
    'koa',
    'pg',
    'pino',
    'undici',
  ])
})
