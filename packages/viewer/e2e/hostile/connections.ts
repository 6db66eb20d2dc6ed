import { once } from 'node:events'
import type { Socket } from 'node:net'
import { inJson, newTraceId, span, tracesOf } from '../otlp-requests.ts'
import type { RunningViewer } from '../running-viewer.ts'
import { openConnection, post, speak } from './raw-connection.ts'
import { judge, type HostileCase } from './verdict.ts'

const TRACES = '/v1/traces'
const SLOW = 100
const SOON_MS = 4000

const message = (traceId = newTraceId()): string =>
  JSON.stringify(tracesOf('connections', [span({ traceId })]))

/** What a connection says, and which answers it gets before it is closed. */
const says = (
  name: string,
  said: (port: number) => string,
  statuses: readonly number[],
): HostileCase => ({
  name,
  attack: ({ port }) => speak(port, said(port), statuses.length),
  gives: statuses,
})

/** Whether others are served while something holds connections. */
async function serveOthers(viewer: RunningViewer): Promise<object> {
  const before = performance.now()
  const traceId = newTraceId()
  const { status } = judge(await viewer.exchange(inJson(TRACES, message(traceId))))
  const spans = (await viewer.readTrace(traceId)).spans.length
  return { status, spans, soon: performance.now() - before < SOON_MS }
}

const SERVED = { status: 200, spans: 1, soon: true }

/** Opens many connections that each say the beginning of something, and serves others meanwhile. */
const held = (name: string, said: (port: number) => string): HostileCase => ({
  name: `${SLOW} connections that ${name} hold up nobody`,
  async attack(viewer) {
    const sockets: Socket[] = []
    while (sockets.length < SLOW) sockets.push(await openConnection(viewer.port))
    for (const socket of sockets) socket.write(said(viewer.port))
    const served = await serveOthers(viewer)
    for (const socket of sockets) socket.destroy()
    return served
  },
  gives: SERVED,
})

const half = (text: string): string => text.slice(0, text.length / 2)

export const LARGE_CONNECTIONS: readonly HostileCase[] = [
  {
    name: '30 large bodies at once are not all taken, and hold up nobody',
    async attack(viewer) {
      const body = Buffer.alloc(19 * 2 ** 20, 32)
      const statuses: string[] = []
      const sockets: Socket[] = []
      while (sockets.length < 30) {
        const socket = await openConnection(viewer.port)
        socket.on('data', chunk => statuses.push(chunk.toString('latin1').slice(9, 12)))
        socket.write(post(viewer.port, TRACES, '', [`content-length: ${20 * 2 ** 20}`]))
        sockets.push(socket)
      }
      const written = sockets.map(socket => new Promise(resolve => socket.write(body, resolve)))
      const served = await serveOthers(viewer)
      await Promise.all(written)
      for (const socket of sockets) socket.destroy()
      return { ...served, refused: statuses.length > 10, statuses: [...new Set(statuses)] }
    },
    gives: { ...SERVED, refused: true, statuses: ['503'] },
  },
]

export const CONNECTIONS: readonly HostileCase[] = [
  held('say nothing', () => ''),
  held('stop amid their headers', port => half(post(port, TRACES, ''))),
  held('stop amid their body', port => half(post(port, TRACES, message()))),
  held('stop amid a file', port => half(post(port, '/api/import', message()))),
  held('stop amid a chunk', port =>
    post(port, '/v1/logs', '100\r\n{"resourceLogs":', ['transfer-encoding: chunked']),
  ),
  {
    name: '50 connections that are reset amid their body leave nothing behind',
    async attack(viewer) {
      const traceId = newTraceId()
      const whole = message(traceId)
      for (const path of [TRACES, '/api/import']) {
        for (let place = 0; place < 25; place += 1) {
          const socket = await openConnection(viewer.port)
          const closed = once(socket, 'close')
          const request = post(viewer.port, path, whole)
          await new Promise(resolve => socket.write(request.slice(0, -1 - place), resolve))
          socket.resetAndDestroy()
          await closed
        }
      }
      return { found: (await viewer.listTraces(traceId)).total, ...(await serveOthers(viewer)) }
    },
    gives: { found: 0, ...SERVED },
  },
  {
    name: 'a body that comes byte by byte is taken',
    async attack({ port }) {
      const socket = await openConnection(port)
      socket.setNoDelay(true)
      const answer = once(socket, 'data') as Promise<[Buffer]>
      for (const byte of Buffer.from(post(port, TRACES, message())))
        await new Promise(resolve => socket.write(Buffer.from([byte]), resolve))
      const [head] = await answer
      socket.destroy()
      return head.toString('latin1').slice(0, 15)
    },
    gives: 'HTTP/1.1 200 OK',
  },
  says(
    'requests after one another, of which some are bad, each get their answer',
    port =>
      [message(), '{', message(), '[]', message()].map(body => post(port, TRACES, body)).join(''),
    [200, 400, 200, 400, 200],
  ),
  says(
    'a body in chunks is taken',
    port => {
      const body = message()
      const chunks = [body.slice(0, 7), body.slice(7)].map(
        chunk => `${Buffer.byteLength(chunk).toString(16)};x=y\r\n${chunk}\r\n`,
      )
      return post(port, TRACES, `${chunks.join('')}0\r\n\r\n`, ['transfer-encoding: chunked'])
    },
    [200],
  ),
  says(
    'a chunk whose length is no number',
    port => post(port, TRACES, 'zz\r\n{}\r\n0\r\n\r\n', ['transfer-encoding: chunked']),
    [400],
  ),
  says(
    'a length and chunks at once, by which a request could be smuggled',
    port =>
      post(port, TRACES, '0\r\n\r\nGET /api/meta HTTP/1.1\r\n\r\n', [
        'content-length: 5',
        'transfer-encoding: chunked',
      ]),
    [400],
  ),
  says(
    'two lengths',
    port => post(port, TRACES, '{}', ['content-length: 2', 'content-length: 9']),
    [400],
  ),
  says('a negative length', port => post(port, TRACES, '{}', ['content-length: -2']), [400]),
  says('something that is not HTTP', () => '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n', [400]),
  says(
    'headers of 100 KB',
    port => post(port, TRACES, '{}', [`x-long: ${'x'.repeat(100_000)}`]),
    [431],
  ),
  says('no host', () => 'GET /api/meta HTTP/1.1\r\n\r\n', [400]),
  says(
    'a request that waits to be asked for its body is asked',
    port => post(port, TRACES, message(), ['expect: 100-continue']),
    [100, 200],
  ),
]
