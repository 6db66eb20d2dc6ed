import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { findFreePort } from '@throughline-example/database'
import { startCollector } from '@throughline/testing'
import { expect, onTestFinished, test } from 'vitest'
import { startFixture } from './fixture-app.ts'
import { writeCatalog } from './temporary-catalog.ts'

interface Export {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** A collector that keeps the first request as it came. */
async function startRecorder(): Promise<{ url: string; received: Promise<Export> }> {
  let receive: (request: Export) => void = () => undefined
  const received = new Promise<Export>(resolve => (receive = resolve))
  const server = createServer((request, response) => {
    void json(request).then(body => {
      receive({ path: request.url, headers: request.headers, body })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

test('endpoint, protocol, headers, name and resource come from the environment', async () => {
  const { url, received } = await startRecorder()
  await using app = await startFixture('fastify-app.mjs', {
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/otlp`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=acme,x-key=a%20b',
      OTEL_BSP_SCHEDULE_DELAY: '10',
      OTEL_SERVICE_NAME: 'orders',
      OTEL_RESOURCE_ATTRIBUTES:
        'deployment.environment.name=staging,service.version=1.2.3,service.name=ignored',
    },
  })
  await fetch(`${app.url}/nothing`)
  const { path, headers, body } = await received
  expect(path).toBe('/otlp/v1/traces')
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'x-tenant': 'acme',
    'x-key': 'a b',
  })
  const [{ resource }] = (body as { resourceSpans: [{ resource: { attributes: object[] } }] })
    .resourceSpans
  const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
  expect(resource.attributes).toEqual(
    expect.arrayContaining([
      text('service.name', 'orders'),
      text('service.version', '1.2.3'),
      text('deployment.environment.name', 'staging'),
    ]),
  )
})

test('what is not sampled is not sent, and is counted all the same', async () => {
  await using collector = await startCollector()
  const port = await findFreePort()
  await using app = await startFixture('fastify-app.mjs', {
    environment: {
      ...collector.env,
      OTEL_TRACES_SAMPLER: 'always_off',
      THROUGHLINE_METRICS_PORT: String(port),
    },
  })
  for (let request = 0; request < 5; request += 1) await fetch(`${app.url}/nothing`)
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(metrics).toMatch(
    /^http_server_request_duration_seconds_count\{.*http_route="unmatched".*\} 5$/m,
  )
  expect(metrics).not.toContain('trace_id=')
  app.kill('SIGTERM')
  await app.ended
  expect(collector.spans).toEqual([])
})

test('what telemetry sends is no call of the application', async () => {
  const { url, received } = await startRecorder()
  const port = await findFreePort()
  await using app = await startFixture('fastify-app.mjs', {
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '10',
      THROUGHLINE_METRICS_PORT: String(port),
    },
  })
  await fetch(`${app.url}/nothing`)
  await received
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(metrics).toContain('http_server_request_duration_seconds_count')
  expect(metrics).not.toContain('http_client_request_duration_seconds_count')
})

test('a disabled process has neither traces nor a port for metrics', async () => {
  await using collector = await startCollector()
  const port = await findFreePort()
  await using app = await startFixture('fastify-app.mjs', {
    environment: {
      ...collector.env,
      OTEL_SDK_DISABLED: 'true',
      THROUGHLINE_METRICS_PORT: String(port),
    },
  })
  expect((await fetch(`${app.url}/nothing`)).status).toBe(404)
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow('fetch failed')
  app.kill('SIGTERM')
  await app.ended
  expect(collector.spans).toEqual([])
  expect(app.output()).not.toContain('throughline:')
})

test('with a broken catalog an application serves, says all that is wrong once, and its spans are unowned', async () => {
  await using collector = await startCollector()
  const catalog = writeCatalog(`version: 1
org: { defaultTeam: nobody }
teams: { shop: { name: Shop, colour: red } }
services:
  api: { kind: node, roles: { productionFix: shap } }
`)
  await using app = await startFixture('fastify-app.mjs', {
    environment: { ...collector.env, OTEL_SERVICE_NAME: 'api', THROUGHLINE_CATALOG: catalog },
  })
  for (let request = 0; request < 3; request += 1) {
    expect((await fetch(`${app.url}/nothing`)).status).toBe(404)
  }
  const trace = await collector.waitForTrace({ root: 'GET' })
  expect(trace.roots[0]?.attributes).toMatchObject({ 'throughline.owner.unowned': 'unlisted' })
  expect(trace.roots[0]?.attributes['team']).toBeUndefined()
  expect(app.output().match(/the catalog is broken/g)).toHaveLength(1)
  for (const problem of [
    'ownership.yaml:2:',
    'nobody',
    'ownership.yaml:3:',
    'colour',
    'ownership.yaml:5:',
    'shap',
  ]) {
    expect(app.output()).toContain(problem)
  }
})
