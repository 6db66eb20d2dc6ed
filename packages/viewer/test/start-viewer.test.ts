import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { SpanRecord } from '@throughline/otlp'
import { expect, test } from 'vitest'
import { startViewer } from '../src/start-viewer.ts'

const TRACE_ID = '5b8efff798038103d269b633813fc60c'

const REQUEST = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: TRACE_ID,
              spanId: 'eee19b7ec3c1b174',
              name: 'GET /orders',
              kind: 2,
              startTimeUnixNano: '1700000000000000000',
              endTimeUnixNano: '1700000000001000000',
              attributes: [{ key: 'http.route', value: { stringValue: '/orders' } }],
            },
          ],
        },
      ],
    },
  ],
})

const post = (url: string): Promise<Response> =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: REQUEST,
  })

test('a viewer takes spans, shows them, and hands on a copy', async () => {
  const received: SpanRecord[] = []
  await using viewer = await startViewer({
    port: 0,
    onTraces: spans => void received.push(...spans),
  })
  expect(viewer.pageUrl).toBe(`${viewer.url}/`)
  expect((await post(viewer.url)).status).toBe(200)
  const shown = await fetch(`${viewer.url}/api/traces/${TRACE_ID}`)
  expect(await shown.json()).toMatchObject({ title: 'GET /orders', services: ['api'] })
  await expect.poll(() => received).toMatchObject([{ traceId: TRACE_ID, service: 'api' }])
  expect(received[0]?.attributes['http.route']).toBe('/orders')
})

test('a port that is taken is refused with who has it, and what to do', async () => {
  const server = createServer((_request, response) => response.end('mine')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const refusal = startViewer({ port })
  await expect(refusal).rejects.toMatchObject({
    name: 'ThroughlineError',
    code: 'PORT_TAKEN',
    message: expect.stringContaining(`127.0.0.1:${port} is taken by`),
    fix: expect.stringMatching(/another port: \d+ is free/),
  })
  server.close()
})

test('notices come through', async () => {
  const notices: string[] = []
  await using viewer = await startViewer({
    port: 0,
    metricsPages: ['http://127.0.0.1:9/metrics'],
    onNotice: line => void notices.push(line),
  })
  expect(viewer.token).toBeUndefined()
  await expect.poll(() => notices.join('\n')).toContain('http://127.0.0.1:9/metrics')
})

test('stopping frees the port, and once more changes nothing', async () => {
  const viewer = await startViewer({ port: 0 })
  await viewer.stop()
  await viewer.stop()
  await expect(post(viewer.url)).rejects.toThrow('fetch failed')
})
