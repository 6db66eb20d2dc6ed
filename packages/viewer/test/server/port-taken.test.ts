import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { startReceiver } from '@throughline/otlp'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '../../src/server/free-port.ts'
import { ask, start } from './running-viewer.ts'

async function occupy(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** What `startViewer` says of a port. */
async function refusalOf(port: number): Promise<{ message: string; fix: string; code: string }> {
  return start({ port }).then(
    () => {
      throw new Error('it started')
    },
    (error: { message: string; fix: string; code: string }) => error,
  )
}

const who = process.platform === 'linux' ? String.raw` \(.+, process ${process.pid}\)` : ''

const takers: readonly (readonly [string, () => Promise<number>, string])[] = [
  [
    'another viewer',
    async () => {
      const viewer = await start()
      await ask(viewer, '/api/meta')
      return viewer.port
    },
    String.raw`another throughline viewer, started at \d\d:\d\d`,
  ],
  [
    'a viewer that wants a token',
    async () => (await start({ token: 'a-token-of-some-length' })).port,
    'another throughline viewer',
  ],
  [
    'an OTLP receiver',
    async () => {
      const receiver = await startReceiver()
      onTestFinished(() => receiver.stop())
      return receiver.port
    },
    'something that takes OTLP',
  ],
  [
    'a web server',
    () => occupy(createHttpServer((_, response) => response.end('hello'))),
    'something that speaks HTTP',
  ],
  [
    'what never answers',
    () => occupy(createServer(socket => void socket.on('error', () => undefined).unref())),
    'something that does not speak HTTP',
  ],
  [
    'what hangs up',
    () => occupy(createServer(socket => socket.destroy())),
    'something that does not speak HTTP',
  ],
  [
    'what says something else',
    () => occupy(createServer(socket => socket.on('error', () => undefined).end('220 mail\r\n'))),
    'something that does not speak HTTP',
  ],
]

test.for(takers)(
  'a port that %s has is refused, and it is said whose it is',
  async ([, take, words]) => {
    const port = await take()
    const refusal = await refusalOf(port)
    expect(refusal.code).toBe('PORT_TAKEN')
    expect(refusal.message).toMatch(
      new RegExp(`^127\\.0\\.0\\.1:${port} is taken by ${words}${who}$`),
    )
    const [, free = ''] = /^Stop it, or take another port: (\d+) is free\.$/.exec(refusal.fix) ?? []
    expect(Number(free)).toBeGreaterThan(port)
    const viewer = await start({ port: Number(free) })
    expect(viewer.port).toBe(Number(free))
  },
)

test('a viewer whose port is asked for goes on as before', async () => {
  const viewer = await start()
  await refusalOf(viewer.port)
  expect(await ask(viewer, '/api/meta')).toMatchObject({ status: 200 })
})

test('a host that is none of this machine is refused', async () => {
  await expect(start({ host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'HOST_UNUSABLE',
    message: expect.stringContaining('192.0.2.1:0'),
  })
})

test('the next free port is found, and none where the last is passed', async () => {
  const port = await occupy(createServer())
  expect(await findFreePort(port)).toBeGreaterThan(port)
  expect(await findFreePort(65_536)).toBeUndefined()
})
