import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalog } from '@throughline/catalog'
import { startReceiver } from '@throughline/otlp'
import { expect, test } from 'vitest'
import type { Meta } from '../../viewer/src/api/meta.ts'
import { startViewer } from '../../viewer/src/start-viewer.ts'
import { examineLive } from '../src/doctor/live/examine-live.ts'
import { createTempApp, fastifyServer } from './temp-app.ts'

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] }

test('an install that works has nothing wrong, and its span is read back from the viewer', async () => {
  const { app, project, leftovers } = createTempApp({ source: fastifyServer() })
  await using viewer = await startViewer({ port: 0 })
  const findings = await examineLive(app, project, {
    catalog: undefined,
    env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: viewer.url },
  })
  expect(findings).toEqual([])
  const { services } = (await (await fetch(`${viewer.url}/api/meta`)).json()) as Meta
  expect(services).toEqual(['throughline-doctor'])
  expect(leftovers()).toEqual([])
})

test('what a run shows to be wrong is said, each with its code', async () => {
  const { app, project, leftovers } = createTempApp({
    dependencies: ['@throughline/node', 'fastify', 'pg', 'postgres'],
    source: `
      import fastify from 'fastify'
      const server = fastify()
      server.get('/orders', async () => {
        await fetch(\`http://127.0.0.1:\${process.env.PORT}/health\`)
        return []
      })
      server.get('/health', () => 'ok')
      await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
    `,
  })
  await using receiver = await startReceiver()
  const findings = await examineLive(app, project, {
    catalog: undefined,
    env: {
      ...env,
      NODE_ENV: 'production',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pg',
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/v1/traces`,
    },
  })
  expect(findings.map(({ code }) => code).toSorted()).toEqual([
    'COLLECTOR_PATH',
    'CONTEXT_WITHHELD',
    'DRIVER_NOT_TRACEABLE',
    'LIBRARY_NOT_TRACED',
  ])
  expect(leftovers()).toEqual([])
})

test('a route that no line lists, and metrics that cannot be served', async () => {
  const { app, project, leftovers } = createTempApp({ source: fastifyServer() })
  const file = join(app.folder, 'ownership.yaml')
  writeFileSync(
    file,
    `version: 1
org: { defaultTeam: shop }
teams:
  shop: { name: Shop }
services:
  orders:
    kind: node
    routes:
      - { match: "GET /health", team: shop, audience: public }
`,
  )
  const catalog = readCatalog(file)
  expect(catalog).toMatchObject({ ok: true })
  await using receiver = await startReceiver()
  const findings = await examineLive(app, project, {
    catalog,
    env: {
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      THROUGHLINE_METRICS_HOST: '192.0.2.1',
    },
  })
  expect(findings).toMatchObject([
    { code: 'ROUTE_UNOWNED', what: expect.stringContaining('GET /orders') },
    { code: 'METRICS_NOT_SERVED', what: expect.stringContaining('metrics are not served') },
  ])
  expect(leftovers()).toEqual([])
})
