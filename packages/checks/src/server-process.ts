import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort } from '@throughline-example/database'

const READY_TIMEOUT_MS = 15_000
const END_TIMEOUT_MS = 15_000
const ATTEMPTS = 3

/** How to start a server that is told its port and keeps its data in a folder. */
export interface ServerCommand {
  readonly name: string
  /** Absolute path of the program. */
  readonly path: string
  readonly env: Readonly<Record<string, string>>
  /** @default that of this process */
  readonly workingFolder?: string
  /** Gives the arguments, after it has written what they point to into `folder`. */
  readonly prepare: (port: number, folder: string) => Promise<readonly string[]>
  /** Path that answers 2xx once the server is ready. */
  readonly readyPath: string
  /** How long it may take to get ready. @default 15000 */
  readonly readyTimeoutMs?: number
}

/** A running server. Disposing ends it and removes its folder. */
export interface ServerProcess extends AsyncDisposable {
  /** E.g. `http://127.0.0.1:49200`. */
  readonly url: string
  readonly pid: number
  /** Its own folder, below that of temporary files. */
  readonly folder: string
  /** All that it has printed. */
  output(): string
}

/**
 * Starts a server on a free port of the loopback address, with a new folder of its own.
 *
 * Rejects with all that it printed when it does not get ready in time; where another took its port, it is tried again. It
 * does not outlive this process, if that ends by itself.
 */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const failures: string[] = []
  while (failures.length < ATTEMPTS) {
    // One that was free a moment ago is, but for a race, free still.
    const port = await findFreePort()
    const folder = await mkdtemp(join(tmpdir(), `throughline-${command.name}-`))
    const server = describe(await launch(command, port, folder), port, folder)
    const failure = await whyNotReady(server, command)
    if (failure === undefined) return server
    await server[Symbol.asyncDispose]()
    failures.push(`${failure}:\n${server.output()}`)
    if (!server.output().includes('address already in use')) break
  }
  throw new Error(`${command.name} did not get ready: ${failures.join('\n')}`)
}

async function launch(
  { path, env, workingFolder, prepare }: ServerCommand,
  port: number,
  folder: string,
): Promise<ChildProcess> {
  return spawn(path, await prepare(port, folder), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(workingFolder === undefined ? {} : { cwd: workingFolder }),
  })
}

interface Launched extends ServerProcess {
  hasEnded(): boolean
}

function describe(child: ChildProcess, port: number, folder: string): Launched {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(child, 'close').catch((error: unknown) => (output += String(error)))
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const removeAtExit = (): void => {
    child.kill('SIGKILL')
    remove()
  }
  process.once('exit', removeAtExit)
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    folder,
    output: () => output,
    hasEnded: () => hasEnded() || child.pid === undefined,
    async [Symbol.asyncDispose]() {
      process.off('exit', removeAtExit)
      if (!hasEnded()) child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS)
      await ended
      clearTimeout(late)
      remove()
    },
  }
}

async function whyNotReady(
  server: Launched,
  { readyPath, readyTimeoutMs = READY_TIMEOUT_MS }: ServerCommand,
): Promise<string | undefined> {
  const deadline = Date.now() + readyTimeoutMs
  while (Date.now() < deadline) {
    if (server.hasEnded()) return 'it ended'
    const answer = await fetch(server.url + readyPath, {
      signal: AbortSignal.timeout(1_000),
    }).catch(
      () => undefined, // Not there yet.
    )
    await answer?.body?.cancel()
    if (answer?.ok === true) return undefined
    await delay(50)
  }
  return `not ready after ${readyTimeoutMs} ms`
}
