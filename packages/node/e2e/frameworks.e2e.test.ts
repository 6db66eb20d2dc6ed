import '@throughline/testing/matchers'
import { startTestDatabase } from '@throughline-example/database'
import { startCollector } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellsOf } from './cell.ts'
import { startFixture } from './fixture-app.ts'
import { startStub } from './stub-service.ts'
import { writeCatalog } from './temporary-catalog.ts'

const catalogFor = (stubUrl: string): string => `version: 1
org: { defaultTeam: platform }
teams: { shop: { name: Shop }, platform: { name: Platform }, money: { name: Money } }
services:
  api:
    kind: node
    roles: { productionFix: shop }
    routes: [{ match: "GET /items/[id]", team: shop, audience: partner, work: request }]
    dependencies: [{ host: "${new URL(stubUrl).host}", team: money }, { db: postgres, team: platform }]
`

let database: Awaited<ReturnType<typeof startTestDatabase>>
beforeAll(async () => {
  database = await startTestDatabase()
})
afterAll(() => database.stop())

// Express has a span for the handler of the route, too.
const express = cellsOf('Express').map(cell => ({ ...cell, framework: 'Express', extra: 1 }))
const fastify = cellsOf('Fastify').map(cell => ({ ...cell, framework: 'Fastify', extra: 0 }))

describe.for([...fastify, ...express])('$name', ({ file, framework, extra }) => {
  test('a request is one trace to the database and the external service, with route and owner', async () => {
    await using collector = await startCollector()
    await using stub = await startStub()
    await using app = await startFixture(file, {
      environment: {
        ...collector.env,
        OTEL_SERVICE_NAME: 'api',
        DATABASE_URL: database.url,
        STUB_URL: stub.url,
        THROUGHLINE_CATALOG: writeCatalog(catalogFor(stub.url)),
      },
    })
    expect(await (await fetch(`${app.url}/items/7`)).json()).toEqual({ id: 7, charge: 200 })

    const trace = await collector.waitForTrace({ root: 'GET /items/:id', spans: 3 + extra })
    expect(trace).toBeOneTrace()
    expect(trace).toHaveNoOrphans()
    expect(trace).toContainPath(['api GET /items/:id', /^pg\.query:SELECT/])
    expect(trace).toContainPath([
      'api GET /items/:id',
      { kind: 'client', name: 'GET', team: 'money' },
    ])
    expect(trace.spans).toHaveLength(3 + extra)
    expect(trace.roots[0]?.attributes).toMatchObject({
      'http.route': '/items/:id',
      team: 'shop',
      'throughline.audience': 'partner',
      'throughline.work': 'request',
    })
    expect(stub.seen).toHaveLength(1)
  })

  test('an error that is thrown is an error span with its route', async () => {
    await using collector = await startCollector()
    await using app = await startFixture(file, {
      environment: { ...collector.env, OTEL_SERVICE_NAME: 'api' },
    })
    expect((await fetch(`${app.url}/boom/1`)).status).toBe(500)
    const trace = await collector.waitForTrace({ root: 'GET /boom/:id', spans: 1 + extra })
    expect(trace.roots[0]).toMatchObject({
      status: 'error',
      attributes: { 'http.route': '/boom/:id' },
    })
    if (framework === 'Fastify') {
      expect(trace.roots[0]?.events).toMatchObject([
        { name: 'exception', attributes: { 'exception.message': 'boom' } },
      ])
    }
  })
})

test('an error that the application answers by 4xx is no failure of its request', async () => {
  await using collector = await startCollector()
  await using app = await startFixture('fastify-app.mjs', { environment: collector.env })
  expect((await fetch(`${app.url}/theirs/1`)).status).toBe(403)
  const trace = await collector.waitForTrace({ root: 'GET /theirs/:id' })
  expect(trace.roots[0]).toMatchObject({ status: 'unset', events: [] })
})
