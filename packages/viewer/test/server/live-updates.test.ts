import { request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import type { LiveEvent } from '../../src/api/meta.ts'
import { createLiveUpdates, type LiveUpdatesOptions } from '../../src/server/live-updates.ts'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { send, served } from './otlp-body.ts'
import { ask, SOON, start } from './running-viewer.ts'

/** A page that listens, and all that it was told. */
interface Listener {
  readonly response: IncomingMessage
  readonly text: () => string
  readonly events: () => LiveEvent[]
  close(): void
}

async function listen({ port }: { readonly port: number }): Promise<Listener> {
  const asked = request({ port, host: '127.0.0.1', path: '/api/live', agent: false })
  asked.on('error', () => undefined)
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  response.on('error', () => undefined)
  onTestFinished(() => void asked.destroy())
  return {
    response,
    text: () => text,
    events: () =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json) as LiveEvent),
    close: () => asked.destroy(),
  }
}

const EMPTY: LiveEvent = { traces: 0, spans: 0, logs: 0, bytes: 0, evictedSpans: 0, newest: 0 }

/** The updates alone, behind a server of their own. */
async function serveUpdates(options: Partial<LiveUpdatesOptions>): Promise<{
  readonly port: number
  readonly changed: () => void
}> {
  const live = createLiveUpdates({ stored: () => EMPTY, ...options })
  const server = createServer((incoming, response) => live.join(incoming, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    live.stop()
    server.close()
    server.closeAllConnections()
  })
  return { port: (server.address() as AddressInfo).port, changed: () => live.changed() }
}

test('who listens is told at once what is stored, and again when something arrives', async () => {
  const viewer = await start()
  const listener = await listen(viewer)
  expect(listener.response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  })
  await expect.poll(() => listener.events().length, SOON).toBe(1)
  await send(viewer, served())
  await expect.poll(() => listener.events().at(-1), SOON).toMatchObject({ traces: 1, spans: 1 })
  expect(listener.events()[0]).toMatchObject({ traces: 0, spans: 0, newest: 0 })
})

test('many changes make few events, the last of which says all', async () => {
  let changes = 0
  const { port, changed } = await serveUpdates({
    stored: () => ({ ...EMPTY, spans: changes }),
    intervalMs: 100,
  })
  const listener = await listen({ port })
  const startedAt = performance.now()
  const timer = setInterval(() => {
    if (changes === 200) return clearInterval(timer)
    changes += 1
    changed()
  }, 1)
  await expect.poll(() => listener.events().at(-1)?.spans, SOON).toBe(200)
  // That of the start, one at once, and one each 100 ms.
  const most = 2 + (performance.now() - startedAt) / 100
  expect(listener.events().length).toBeLessThanOrEqual(most)
})

test('nothing is said while nothing changes but that the connection is there', async () => {
  const { port } = await serveUpdates({ heartbeatMs: 20, intervalMs: 1 })
  const listener = await listen({ port })
  await expect.poll(() => listener.text().match(/^:$/gm)?.length ?? 0, SOON).toBeGreaterThan(3)
  expect(listener.events()).toEqual([EMPTY])
})

test('no more listen than may, and one that leaves makes room', async () => {
  const { port } = await serveUpdates({ maxListeners: 2 })
  const first = await listen({ port })
  await listen({ port })
  const refused = await ask({ port }, '/api/live')
  expect([refused.status, JSON.parse(refused.text)]).toEqual([
    503,
    { error: '2 pages listen already', fix: 'Close one of them.' },
  ])
  first.close()
  await expect.poll(async () => (await listen({ port })).response.statusCode, SOON).toBe(200)
})

test('a viewer that stops ends what it tells', async () => {
  const viewer = await start()
  const { response } = await listen(viewer)
  const ended = once(response, 'end')
  await viewer.stop()
  await ended
  expect(response.complete).toBe(true)
})
