import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A workspace small enough to be installed and built by the real npm and tsc in a second, without a network. */
export interface TinyWorkspace extends AsyncDisposable {
  readonly path: string
  /** Starts the pre-script in it. */
  prepare(options?: PrepareOptions): Run
  write(file: string, content: unknown): Promise<void>
  read(file: string): Promise<string>
}

export interface PrepareOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A started pre-script. */
export interface Run {
  readonly child: ChildProcess
  /** Settles when it has ended. */
  readonly ended: Promise<{
    readonly code: number | null
    readonly stdout: string
    readonly stderr: string
  }>
  /** Waits until it has said `text`; rejects with all that it did say when it ends first. */
  said(text: string): Promise<void>
}

/** Writes a workspace whose one package, `@throughline/next`, has an install script, a source file and a bundle. */
export async function createTinyWorkspace(): Promise<TinyWorkspace> {
  const path = await mkdtemp(join(tmpdir(), 'throughline-prepare-'))
  const runs: Run[] = []
  const write = async (file: string, content: unknown): Promise<void> => {
    await mkdir(dirname(join(path, file)), { recursive: true })
    await writeFile(
      join(path, file),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  }
  await cp(join(root, '.config/prepare.mjs'), join(path, '.config/prepare.mjs'))
  await cp(join(root, '.config/prepare'), join(path, '.config/prepare'), { recursive: true })
  for (const [file, content] of Object.entries(files)) await write(file, content)
  return {
    path,
    write,
    read: file => readFile(join(path, file), 'utf8'),
    prepare: options => {
      const run = startPrepare(path, options)
      runs.push(run)
      return run
    },
    async [Symbol.asyncDispose]() {
      for (const { child } of runs) child.kill('SIGKILL')
      await rm(path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function startPrepare(path: string, { args = [], env = {} }: PrepareOptions = {}): Run {
  const child = spawn(process.execPath, ['.config/prepare.mjs', ...args], {
    cwd: path,
    env: {
      ...process.env,
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
      npm_config_cache: join(path, '.npm-cache'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', chunk => (output.stdout += chunk))
  child.stderr.on('data', chunk => (output.stderr += chunk))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }))
  return {
    child,
    ended,
    async said(text) {
      const found = new Promise<boolean>(resolve => {
        const look = (): void => void (output.stderr.includes(text) && resolve(true))
        look()
        child.stderr.on('data', look)
      })
      if (await Promise.race([found, ended.then(() => output.stderr.includes(text))])) return
      throw new Error(`it ended without saying "${text}"; it said:\n${output.stderr}`)
    },
  }
}

/** Where install scripts wait, so that a test can act while npm is at work. */
export interface Gate extends AsyncDisposable {
  /** What makes install scripts wait here. */
  readonly env: Readonly<Record<string, string>>
  /** How many install scripts have come. */
  readonly arrivals: number
  /** The next install script to come; it goes on after `open()`. */
  arrival(): Promise<{ open(): void; readonly gone: Promise<unknown> }>
}

export async function startGate(): Promise<Gate> {
  const waiting: Socket[] = []
  let arrivals = 0
  const server = createServer(socket => {
    arrivals += 1
    waiting.push(socket.on('error', () => socket.destroy()).resume())
    server.emit('arrival')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    env: { GATE_PORT: String((server.address() as AddressInfo).port) },
    get arrivals() {
      return arrivals
    },
    async arrival() {
      if (waiting.length === 0) await once(server, 'arrival')
      const socket = waiting.shift() as Socket
      return { open: () => void socket.end('go'), gone: once(socket, 'close') }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of waiting) socket.destroy()
      server.close()
    },
  }
}

const own = {
  name: '@throughline/next',
  version: '1.0.0',
  scripts: { install: 'node install.cjs', bundle: 'node bundle.cjs' },
}

const files: Readonly<Record<string, unknown>> = {
  'package.json': { name: 'tiny', private: true, workspaces: ['packages/*'] },
  'package-lock.json': {
    name: 'tiny',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'tiny', workspaces: ['packages/*'] },
      'node_modules/@throughline/next': { resolved: 'packages/next', link: true },
      'packages/next': { name: own.name, version: own.version, hasInstallScript: true },
    },
  },
  '.config/tsconfig.json': { files: [], references: [{ path: '../packages/next' }] },
  'packages/next/package.json': own,
  'packages/next/install.cjs': `
    const port = process.env.GATE_PORT
    if (port) require('node:net').connect(port, '127.0.0.1').on('data', () => process.exit(0))
  `,
  'packages/next/bundle.cjs': `
    const fs = require('node:fs')
    fs.appendFileSync('bundle.log', 'bundled\\n')
    fs.writeFileSync('dist/bundle.js', fs.readFileSync('dist/index.js'))
  `,
  'packages/next/tsconfig.json': {
    compilerOptions: { composite: true, rootDir: 'src', outDir: 'dist', types: [] },
    include: ['src'],
  },
  'packages/next/src/index.ts': 'export const answer: number = 1\n',
}
