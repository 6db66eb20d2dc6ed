import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { DEFAULT_LIMITS } from '../../src/server/http-server.ts'
import { ask, SOON, start } from './running-viewer.ts'

/** A connection, and all that came over it. */
interface Line {
  readonly socket: Socket
  readonly text: () => string
  readonly closed: Promise<unknown>
}

async function dial({ port }: { readonly port: number }): Promise<Line> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  return { socket, text: () => text, closed }
}

const QUICK = { ...DEFAULT_LIMITS, headersTimeoutMs: 200, requestTimeoutMs: 400 }

test.for([
  ['headers', 'GET / HTTP/1.1\r\nHost: local'],
  [
    'a body for OTLP',
    'POST /v1/traces HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  ],
  [
    'a body for an import',
    'POST /api/import HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  ],
] as const)(
  'a client that never ends %s is let go, and others are served meanwhile',
  async ([, request]) => {
    const viewer = await start({}, { limits: QUICK })
    const { socket, text, closed } = await dial(viewer)
    socket.write(request.replace('PORT', String(viewer.port)))
    expect((await ask(viewer, '/api/meta')).status).toBe(200)
    await closed
    expect(text()).toMatch(/^HTTP\/1\.1 408 /)
  },
)

test('no more connections are held than may be', async () => {
  const limits = {
    ...DEFAULT_LIMITS,
    headersTimeoutMs: DEFAULT_LIMITS.requestTimeoutMs,
    maxConnections: 2,
  }
  const viewer = await start({}, { limits })
  const [first] = [await dial(viewer), await dial(viewer)]
  const third = await dial(viewer)
  await third.closed
  first.socket.destroy()
  await expect
    .poll(() => ask(viewer, '/api/meta').then(({ status }) => status, String), SOON)
    .toBe(200)
})

test('a body that is refused before its end does not become the next request', async () => {
  const viewer = await start()
  const { socket, text, closed } = await dial(viewer)
  const smuggled = `GET /api/meta HTTP/1.1\r\nHost: localhost:${viewer.port}\r\n\r\n`
  socket.write(
    `POST /api/import HTTP/1.1\r\nHost: evil.com\r\nContent-Length: 100000\r\n\r\n${smuggled}`,
  )
  await closed
  expect(text().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 421'])
})
