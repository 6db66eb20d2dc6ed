import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createRequestListener } from '../../src/server/request-listener.ts'
import { ask } from './running-viewer.ts'

test('a fault of our own is answered, and the server goes on', async () => {
  const fail = (): never => {
    throw new Error('disk is full')
  }
  const listener = createRequestListener(() => undefined, { takeOtlp: fail, api: fail, page: fail })
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  for (const path of ['/v1/traces', '/api/meta', '/']) {
    expect(await ask({ port }, path)).toMatchObject({
      status: 500,
      text: expect.stringContaining('disk is full'),
    })
  }
})
