import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGES = fileURLToPath(new URL('../../', import.meta.url))
const LISTEN_TIMEOUT_MS = 20_000

/** A fixture application that runs as a process of its own. */
export interface FixtureApp {
  /** Address it listens at; empty for one that does not listen. */
  readonly url: string
  readonly pid: number
  /** All that it wrote so far. */
  output(): string
  /** What it wrote to stdout so far. */
  stdout(): string
  kill(signal: NodeJS.Signals): void
  /** Resolves when it has ended, with its exit code or signal. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  [Symbol.asyncDispose](): Promise<void>
}

/** How to start a fixture application. */
export interface FixtureOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Modules for `--import`, in order. @default our own register */
  readonly imports?: readonly string[]
  /** Package that holds the application. @default fixture-node */
  readonly home?: 'fixture-node' | 'fixture-neighbours'
  /** Whether to wait until it listens. @default true */
  readonly listens?: boolean
  /** `pipe` reads its stdout, `unread` does not; a number is the file that takes it. @default pipe */
  readonly stdout?: number | 'pipe' | 'unread'
}

/** Starts `file` of a package of fixtures; rejects with its output when it ends or stays silent instead of listening. */
export async function startFixture(
  file: string,
  {
    environment = {},
    imports = ['@throughline/node/register'],
    home = 'fixture-node',
    listens = true,
    stdout = 'pipe',
  }: FixtureOptions = {},
): Promise<FixtureApp> {
  const child = spawn(process.execPath, [...imports.flatMap(name => ['--import', name]), file], {
    cwd: join(PACKAGES, home),
    env: { PATH: process.env['PATH'], THROUGHLINE_METRICS_PORT: '0', ...environment },
    stdio: ['ignore', stdout === 'unread' ? 'pipe' : stdout, 'pipe'],
  })
  let [output, out] = ['', '']
  let onOutput: () => void = () => undefined
  for (const stream of [stdout === 'pipe' ? child.stdout : undefined, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (stream === child.stdout) out += text
      onOutput()
    })
  }
  // Streams that nobody reads never close.
  const ended = once(child, stdout === 'unread' ? 'exit' : 'close').then(([code, signal]) => ({
    code,
    signal,
  }))
  const listening = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${file} did not listen:\n${output}`)),
      LISTEN_TIMEOUT_MS,
    )
    onOutput = () => {
      const [, url] = /^listening (\S+)/m.exec(output) ?? []
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    }
    void ended.then(({ code }) => {
      clearTimeout(timer)
      if (listens) reject(new Error(`${file} ended with ${code} before it listened:\n${output}`))
      else resolve('')
    })
  })
  return {
    url: await (listens ? listening : Promise.resolve('')),
    pid: child.pid ?? 0,
    output: () => output,
    stdout: () => out,
    kill: signal => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
