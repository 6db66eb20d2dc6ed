import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { findBinaries } from './binaries.ts'
import { findFreePort } from './free-port.ts'
import { isAlive, stopProcess } from './process.ts'
import { chooseServerUser } from './server-user.ts'

const START_TIMEOUT_MS = 20_000
/** How long the guardian of a launcher that is dead may take to stop its server. */
const GOING_DOWN_MS = 2_000
const DATABASE = 'app'

// Durability is worth nothing here, and the defaults are made for servers that own their machine.
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'shared_buffers=32MB',
]

/** Options of {@link startDatabase}. */
export interface DatabaseOptions {
  /** Folder of the data; made when it is missing, kept when the server stops. */
  readonly folder: string
  /** @default 0, any free port */
  readonly port?: number
  /** Gets what the server writes, line by line. */
  readonly log?: (line: string) => void
}

/** A running PostgreSQL. */
export interface Database extends AsyncDisposable {
  /** Connection string of the database `app`. */
  readonly url: string
  readonly port: number
  /** Whether a server that an earlier, killed launcher had left was taken over. */
  readonly reused: boolean
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on the loopback address, with an empty database `app` at the first start.
 *
 * A server that a killed launcher left in the same folder is taken over. When this process ends in whatever way, the
 * server is stopped within a second: a small guardian process waits for that. Rejects with the server's last lines
 * when it does not come up.
 */
export async function startDatabase({
  folder,
  port = 0,
  log = () => undefined,
}: DatabaseOptions): Promise<Database> {
  const data = join(folder, 'data')
  const launcherFile = join(folder, 'launcher.pid')
  const running = await findStaying(data, launcherFile)
  const { pid, serverPort } =
    running ?? (await launch(data, port === 0 ? await findFreePort() : port, log))
  const guardian = startGuardian(pid)
  writeFileSync(launcherFile, String(process.pid))
  await createDatabase(serverPort)
  const stop = async (): Promise<void> => {
    await stopProcess(pid, 'SIGINT')
    guardian.stdin?.end()
  }
  return {
    url: `postgres://postgres@127.0.0.1:${serverPort}/${DATABASE}`,
    port: serverPort,
    reused: running !== undefined,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

interface RunningServer {
  readonly pid: number
  readonly serverPort: number
}

/** The server that runs on `data`, unless it is about to go: the guardian of a launcher that has died stops it. */
async function findStaying(data: string, launcherFile: string): Promise<RunningServer | undefined> {
  const running = await findRunning(data)
  if (running === undefined || !existsSync(launcherFile)) return running
  if (isAlive(Number(readFileSync(launcherFile, 'utf8')))) return running
  const deadline = Date.now() + GOING_DOWN_MS
  while (isAlive(running.pid) && Date.now() < deadline) await delay(25)
  return await findRunning(data)
}

/** The server that still runs on `data`, if it answers. */
async function findRunning(data: string): Promise<RunningServer | undefined> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number)
  if (!pid || !port || !isAlive(pid)) return undefined
  return (await answers(port)) ? { pid, serverPort: port } : undefined
}

async function launch(
  data: string,
  port: number,
  log: (line: string) => void,
): Promise<RunningServer> {
  const { initdb, postgres } = findBinaries()
  const user = chooseServerUser(postgres)
  if (!existsSync(join(data, 'PG_VERSION'))) {
    mkdirSync(data, { recursive: true })
    user.own(data)
    const args = [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ]
    const [program, ...rest] = user.command(initdb, args)
    const { status, stdout, stderr, error } = spawnSync(program, rest, {
      ...user.options,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? `${stdout}${stderr}`}`)
  }
  const args = ['-D', data, '-p', String(port), ...SETTINGS.flatMap(setting => ['-c', setting])]
  const [program, ...rest] = user.command(postgres, args)
  const server = spawn(program, rest, {
    ...user.options,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  await becomeReady(server, port, log)
  server.unref()
  const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n').map(Number)
  return { pid: pid as number, serverPort: port }
}

async function becomeReady(
  server: ChildProcess,
  port: number,
  log: (line: string) => void,
): Promise<void> {
  const lines: string[] = []
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n').filter(part => part !== '')) {
        lines.push(line)
        log(line)
      }
      lines.splice(0, lines.length - 20)
    })
    // Neither stream may keep a process alive that has nothing else to do.
    ;(stream as unknown as { unref(): void } | null)?.unref()
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (server.exitCode === null && Date.now() < deadline) {
    if (await answers(port)) return
    await delay(25)
  }
  server.kill('SIGQUIT')
  throw new Error(`PostgreSQL did not come up on port ${port}:\n${lines.join('\n')}`)
}

async function answers(port: number): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    // Not up yet, or gone: that is the answer.
    return false
  }
}

async function createDatabase(port: number): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      DATABASE,
    ])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** Starts the process that stops the server when this one ends: its stdin closes then, however that came about. */
function startGuardian(pid: number): ChildProcess {
  const script = fileURLToPath(new URL('guardian.ts', import.meta.url))
  const guardian = spawn(process.execPath, [script, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
  })
  guardian.unref()
  ;(guardian.stdin as unknown as { unref(): void }).unref()
  return guardian
}
