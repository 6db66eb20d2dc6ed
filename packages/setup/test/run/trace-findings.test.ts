import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '@throughline/catalog'
import { readTrace } from '@throughline/trace'
import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { makeSpan } from '../../../trace/test/make-span.ts'
import { findBundledDrivers } from '../../src/doctor/live/bundled-drivers.ts'
import { examineDrivers } from '../../src/doctor/live/drivers.ts'
import { findUnownedRoutes } from '../../src/doctor/live/unowned-routes.ts'
import { findWithheldHosts } from '../../src/doctor/live/withheld-hosts.ts'
import { makeApp, makeNextApp } from './make-app.ts'

const LOADED = 'throughline: loads @opentelemetry/instrumentation-'

test('a library whose instrumentation was loaded is traced', () => {
  const app = makeApp({ dependencies: { pg: '8', '@nestjs/core': '11', zod: '4' } })
  expect(examineDrivers(app, `${LOADED}pg\n${LOADED}nestjs-core\n`, [])).toEqual([])
})

test('one whose instrumentation was not is said, with what may be why', () => {
  const app = makeApp({ dependencies: { pg: '8', express: '5', router: '2' } })
  expect(examineDrivers(app, `${LOADED}express\n`, [])).toMatchObject([
    { code: 'LIBRARY_NOT_TRACED', at: 'api/package.json', what: expect.stringContaining('pg is') },
  ])
})

test.for([
  ['OTEL_NODE_ENABLED_INSTRUMENTATIONS', 'http,express', 'add pg to'],
  ['OTEL_NODE_DISABLED_INSTRUMENTATIONS', 'pg', 'take pg out of'],
] as const)('%s=%s is why', ([name, value, fix]) => {
  const app = makeApp({ dependencies: { pg: '8' } })
  expect(
    examineDrivers(app, `${LOADED}express\n`, [{ name, value, at: 'api/.env:3' }]),
  ).toMatchObject([{ at: 'api/.env:3', fix: expect.stringContaining(`${fix} ${name}=${value}`) }])
})

test('where the start lists nothing, only what nobody traces is said', () => {
  const app = makeApp({ dependencies: { pg: '8', postgres: '3' } })
  expect(examineDrivers(app, '', [])).toMatchObject([
    { code: 'DRIVER_NOT_TRACEABLE', level: 'warning', what: 'no instrumentation traces postgres' },
  ])
})

test('drivers in the chunks of a build are found, each once', () => {
  const folder = createTempFolder()
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('.next/server/chunks/1.js', 'throw Error("Client was closed and is not queryable")')
  write('.next/server/chunks/2.js', 'throw Error("Client was closed and is not queryable")')
  write('.next/server/app/page.js', 'require("ioredis")')
  write('.next/dev/server/chunks/3.js', '"Reached the max retries per request limit"')
  write('.next/static/4.js', '"Unexpected packet while no commands in the queue"')
  expect(findBundledDrivers(makeNextApp(folder))).toMatchObject([
    {
      code: 'DRIVER_BUNDLED',
      at: 'web/.next/server/chunks/1.js',
      what: expect.stringContaining('pg'),
    },
    { at: 'web/.next/dev/server/chunks/3.js', fix: expect.stringContaining('"ioredis"') },
  ])
})

test('without a build no driver is bundled', () => {
  expect(findBundledDrivers(makeNextApp(createTempFolder()))).toEqual([])
})

const served = (route: string, more = {}): ReturnType<typeof makeSpan> =>
  makeSpan({
    kind: 'server',
    service: 'orders',
    attributes: { 'http.request.method': 'GET', 'http.route': route, ...more },
  })

test('routes without an owner are said by the traffic', () => {
  const { traceId } = served('/')
  const reading = readTrace(
    [
      served('/orders', { 'throughline.owner.unowned': 'unlisted' }),
      served('/health', { 'throughline.owner.unowned': 'by-design' }),
      served('/items', { team: 'shop' }),
    ].map(span => ({ ...span, traceId })),
    [],
  )
  expect(findUnownedRoutes(makeApp(), reading, { ok: true, value: {} as Catalog })).toMatchObject([
    {
      code: 'ROUTE_UNOWNED',
      what: 'no line of ownership.yaml lists GET /orders of orders',
      fix: 'add { match: "GET /orders", team: … } to services.orders.routes',
    },
  ])
  expect(findUnownedRoutes(makeApp(), reading, undefined)).toEqual([])
})

test('a host that was told no trace is said, with the edit that would tell it', () => {
  const reading = readTrace(
    [
      makeSpan({
        kind: 'client',
        service: 'orders',
        attributes: {
          'http.request.method': 'POST',
          'server.address': 'payments.example.com',
          'throughline.propagation': 'withheld',
        },
      }),
    ],
    [],
  )
  expect(findWithheldHosts(makeApp(), reading)).toMatchObject([
    {
      code: 'CONTEXT_WITHHELD',
      what: 'The trace stops at payments.example.com, which was told no trace header',
      fix: expect.stringContaining('add "payments.example.com" to services.<its name>.hosts'),
    },
  ])
})
