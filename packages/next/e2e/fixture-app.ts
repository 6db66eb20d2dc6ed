import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort, isAlive } from '@throughline-example/database'
import { describeCell, type Cell } from './cell.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const FIXTURE = here('../test/fixtures/app')
const REPOSITORY = here('../../..')
const READY_TIMEOUT_MS = 90_000

/** What a version of Next.js calls the file that sees each request first; the other version's is left out. */
const PROXY_FILE = { 15: 'middleware.js', 16: 'proxy.js' } as const
const DEFAULT_BUNDLER = { 15: 'webpack', 16: 'turbopack' } as const

/** The fixture application, running as a process of its own. */
export interface FixtureApp {
  readonly url: string
  readonly metricsUrl: string
  readonly pid: number
  /** All that it wrote so far. */
  output(): string
  kill(signal: NodeJS.Signals): void
  /** Resolves when it has ended, with its exit code or signal. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  [Symbol.asyncDispose](): Promise<void>
}

/** A folder with the fixture application, made ready for the mode of a cell. */
export interface PreparedApp {
  readonly folder: string
  /** Arguments of node that start it. */
  readonly args: readonly string[]
  remove(): void
}

/** Copies the fixture to where the cell's version of Next.js is, and builds it unless it is for development. */
export async function prepareApp(cell: Cell): Promise<PreparedApp> {
  const home = here(`../../fixture-next-${cell.next}`)
  removeAbandoned(home)
  const folder = mkdtempSync(join(home, `app-${process.pid}-`))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  cpSync(FIXTURE, folder, { recursive: true })
  rmSync(join(folder, PROXY_FILE[cell.next === 16 ? 15 : 16]))
  const next = createRequire(join(home, 'package.json')).resolve('next/dist/bin/next')
  const bundler = cell.bundler === DEFAULT_BUNDLER[cell.next] ? [] : [`--${cell.bundler}`]
  try {
    if (cell.mode === 'dev') return { folder, args: [next, 'dev', ...bundler], remove }
    await build(folder, [next, 'build', ...bundler], cell)
    if (cell.mode === 'start') return { folder, args: [next, 'start'], remove }
    return moveAway(folder, remove)
  } catch (error) {
    remove()
    throw error
  }
}

/** Removes what a run left that was ended by force: the name of each folder tells by which process it was made. */
function removeAbandoned(home: string): void {
  for (const name of readdirSync(home)) {
    const [, pid] = /^app-(\d+)-/.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    rmSync(join(home, name), { recursive: true, force: true })
  }
}

async function build(folder: string, args: readonly string[], cell: Cell): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...baseEnvironment(), FIXTURE_STANDALONE: cell.mode === 'standalone' ? '1' : '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => (output += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`next build failed for ${describeCell(cell)}:\n${output}`)
}

/** Moves a standalone build out of the repository, whose node_modules it must not need. */
function moveAway(folder: string, remove: () => void): PreparedApp {
  const away = mkdtempSync(join(tmpdir(), 'throughline-standalone-'))
  cpSync(join(folder, '.next', 'standalone'), away, { recursive: true, verbatimSymlinks: true })
  const app = join(away, relative(REPOSITORY, folder))
  return {
    folder: existsSync(app) ? app : away,
    args: ['server.js'],
    remove() {
      remove()
      rmSync(away, { recursive: true, force: true })
    },
  }
}

function baseEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: undefined,
  }
}

/** Starts a prepared application; rejects with its output when it ends or stays silent instead of getting ready. */
export async function startApp(
  { folder, args }: PreparedApp,
  way: Cell['way'],
  environment: Readonly<Record<string, string>>,
): Promise<FixtureApp> {
  const [port, metricsPort] = [await findFreePort(), await findFreePort()]
  const address = args.includes('server.js') ? [] : ['-H', '127.0.0.1', '-p', String(port)]
  const imports = way === 'preload' ? ['--import', '@throughline/next/preload'] : []
  const child = spawn(process.execPath, [...imports, ...args, ...address], {
    cwd: folder,
    env: {
      ...baseEnvironment(),
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      FIXTURE_WAY: way,
      THROUGHLINE_METRICS_PORT: String(metricsPort),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  let onOutput: () => void = () => undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      onOutput()
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  const killAll = async (): Promise<void> => {
    // The whole group: next dev has children.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      void killAll()
      reject(new Error(`the application did not get ready:\n${output}`))
    }, READY_TIMEOUT_MS)
    onOutput = () => {
      if (!output.includes('Ready in')) return
      clearTimeout(timer)
      resolve()
    }
    void ended.then(({ code }) => {
      clearTimeout(timer)
      reject(new Error(`the application ended with ${code} before it was ready:\n${output}`))
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    pid: child.pid ?? 0,
    output: () => output,
    kill: signal => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await killAll()
    },
  }
}
