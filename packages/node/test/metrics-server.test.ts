import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createMetrics } from '../src/metrics/instruments.ts'
import { serveMetrics } from '../src/metrics/metrics-server.ts'

function serve(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = serveMetrics(createMetrics({ maxSeries: 10 }), {
      host: '127.0.0.1',
      port,
      onListening: resolve,
      onFailed: reject,
    })
    onTestFinished(() => server.stop())
  })
}

test('metrics are served in OpenMetrics form at /metrics, to GET only, and nothing else is', async () => {
  const url = await serve(0)
  const answer = await fetch(url)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('application/openmetrics-text'),
  ])
  expect(await answer.text()).toContain('# EOF')
  expect((await fetch(url, { method: 'POST' })).status).toBe(405)
  expect((await fetch(new URL('/', url))).status).toBe(404)
})

test('when the port is taken the next free one is used', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  onTestFinished(() => void blocker.close())
  const { port } = blocker.address() as AddressInfo
  const moved = Number(new URL(await serve(port)).port)
  expect(moved).toBeGreaterThan(port)
  expect(moved).toBeLessThan(port + 100)
})

test('an address that cannot be had is reported, not thrown', async () => {
  const failure = await new Promise<Error>(resolve => {
    serveMetrics(createMetrics({ maxSeries: 10 }), {
      host: '192.0.2.1',
      port: 9464,
      onFailed: resolve,
    })
  })
  expect(failure.message).toContain('192.0.2.1')
})
