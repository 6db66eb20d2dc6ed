import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { findFreePort } from '@throughline-example/database'
import { ensureDebianBinary } from './debian.ts'

const deadlineMs = 10_000
const attempts = 3

/** A real Redis server of one test. Disposing ends it. */
export interface Redis extends AsyncDisposable {
  /** E.g. `redis://127.0.0.1:49200`. */
  readonly url: string
}

/**
 * Starts a Redis that keeps nothing on disk and listens on a free port of the loopback address.
 *
 * Rejects with all that the server printed when it does not get ready.
 */
export async function startRedis(): Promise<Redis> {
  const binary = await ensureDebianBinary('redis-server')
  const failures: string[] = []
  while (failures.length < attempts) {
    // Redis cannot choose one by itself; one that was free a moment ago is, but for a race, free still.
    const port = await findFreePort()
    const options = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ]
    const child = spawn(binary.path, options, {
      env: { ...process.env, ...binary.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const failure = await whyNotReady(child)
    if (failure === undefined) return describe(child, port)
    failures.push(failure)
  }
  throw new Error(`redis-server did not get ready in ${attempts} attempts:\n${failures.join('\n')}`)
}

function describe(child: ChildProcess, port: number): Redis {
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  return {
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      process.off('exit', kill)
      if (child.exitCode !== null) return
      const ended = once(child, 'close')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Waits until the server accepts connections; otherwise ends it and gives what it printed. */
async function whyNotReady(child: ChildProcess): Promise<string | undefined> {
  let output = ''
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const read = (chunk: Buffer): void => {
    output += chunk.toString()
    if (output.includes('Ready to accept connections')) resolve(undefined)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  child.once('close', code => resolve(`it ended with ${code}:\n${output}`))
  const late = setTimeout(() => {
    resolve(`not ready after ${deadlineMs} ms:\n${output}`)
    child.kill('SIGKILL')
  }, deadlineMs)
  return await promise.finally(() => clearTimeout(late))
}
