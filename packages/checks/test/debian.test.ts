import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ensureDebianBinary } from '../src/debian.ts'
import { startRedis } from '../src/redis.ts'

const execute = promisify(execFile)

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-debian-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('a program in PATH is taken as it is', async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, 'some-server'), '#!/bin/sh\n')
  await chmod(join(folder, 'some-server'), 0o755)
  expect(await ensureDebianBinary('some-server', { searchPath: `/nowhere:${folder}` })).toEqual({
    path: join(folder, 'some-server'),
    env: {},
  })
})

test('a program that was unpacked before is taken from there, with its libraries', async () => {
  const folder = await makeFolder()
  await mkdir(join(folder, 'pack/usr/bin'), { recursive: true })
  await mkdir(join(folder, 'pack/usr/lib/x86_64-linux-gnu'), { recursive: true })
  await writeFile(join(folder, 'pack/usr/bin/some-server'), '#!/bin/sh\n', { mode: 0o755 })
  expect(
    await ensureDebianBinary('some-server', { packageName: 'pack', folder, searchPath: '' }),
  ).toEqual({
    path: join(folder, 'pack/usr/bin/some-server'),
    env: { LD_LIBRARY_PATH: join(folder, 'pack/usr/lib/x86_64-linux-gnu') },
  })
})

test('a program that nobody can give is named together with the mend', async () => {
  const options = { folder: await makeFolder(), searchPath: '', packageName: 'throughline-no-such' }
  await expect(ensureDebianBinary('no-such-server', options)).rejects.toMatchObject({
    code: 'BINARY_NOT_FOUND',
    message: expect.stringMatching(/no-such/),
    fix: expect.stringContaining('Install no-such-server with your package manager'),
  })
})

test('redis-server runs and answers', async () => {
  await using redis = await startRedis()
  const { hostname, port } = new URL(redis.url)
  const socket = connect(Number(port), hostname).setEncoding('utf8')
  await once(socket, 'connect')
  socket.write('PING\r\n')
  expect(await once(socket, 'data')).toEqual(['+PONG\r\n'])
  socket.destroy()
})

test('a started redis-server is gone when it was disposed of', async () => {
  const redis = await startRedis()
  const { port } = new URL(redis.url)
  await redis[Symbol.asyncDispose]()
  const { stdout } = await execute('ps', ['-eo', 'args'])
  expect(stdout).not.toContain(`127.0.0.1:${port}`)
})
