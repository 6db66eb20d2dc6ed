import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { listListening, parseLsof, parseSocketTable } from '../../src/run/listening-addresses.ts'

test('sockets that listen are read from the tables of the kernel', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1',
    '   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1',
    '   2: 0100007F:0BB9 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 333 1',
    '   3: 00000000000000000000000001000000:0BBA 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 444',
    '   4: 00000000000000000000000000000000:0BBB 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 555',
  ].join('\n')
  expect(parseSocketTable(table)).toEqual([
    { host: '127.0.0.1', port: 3000, inode: '111' },
    { host: 'localhost', port: 8080, inode: '222' },
    { host: '[::1]', port: 3002, inode: '444' },
    { host: 'localhost', port: 3003, inode: '555' },
  ])
})

test('what lsof prints is read', () => {
  expect(parseLsof('p12\nf20\nn*:3000\nf21\nn127.0.0.1:9464\nf22\nn[::1]:4000\n')).toEqual([
    { host: 'localhost', port: 3000 },
    { host: '127.0.0.1', port: 9464 },
    { host: '[::1]', port: 4000 },
  ])
})

test('where a process listens is found', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  expect(await listListening([process.pid])).toContainEqual({ host: '127.0.0.1', port })
  server.close()
  await once(server, 'close')
  expect(await listListening([process.pid])).not.toContainEqual({ host: '127.0.0.1', port })
})
