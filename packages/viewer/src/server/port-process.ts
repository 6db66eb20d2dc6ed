import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'

/** A process that listens at a port. */
export interface PortProcess {
  readonly pid: number
  readonly name: string
}

const execute = promisify(execFile)

/** Longest that `lsof` may take. */
const TIMEOUT_MS = 2000

/** The process that listens at a port of this machine; undefined where the system does not tell. Never rejects. */
export async function findPortProcess(port: number): Promise<PortProcess | undefined> {
  try {
    return process.platform === 'linux' ? await askProc(port) : await askLsof(port)
  } catch {
    // Others' processes are not ours to see, and lsof may be missing: then it has no name.
    return undefined
  }
}

/** State of a socket that listens, as the kernel writes it. */
const LISTENING = '0A'

async function askProc(port: number): Promise<PortProcess | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map(path => readFile(path, 'utf8').catch(() => '')),
  )
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  const sockets = new Set(
    tables
      .flatMap(table => table.split('\n').slice(1))
      .map(line => line.trim().split(/\s+/))
      .filter(([, local, , state]) => state === LISTENING && local?.endsWith(`:${wanted}`))
      .map(fields => `socket:[${fields[9]}]`),
  )
  if (sockets.size === 0) return undefined
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    if (await holdsAny(pid, sockets)) {
      return { pid: Number(pid), name: nameOf(await readFile(`/proc/${pid}/cmdline`, 'utf8')) }
    }
  }
  return undefined
}

/** The program, and the script that it runs: `node server.js`. The name of the process would be that of its first thread. */
function nameOf(commandLine: string): string {
  const [program = '', ...args] = commandLine.split('\0')
  const script = args.find(arg => /\.[cm]?[jt]s$/.test(arg))
  return [program, script].flatMap(path => (path ? [basename(path)] : [])).join(' ')
}

async function holdsAny(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  const files = await readdir(folder).catch(() => [])
  const targets = await Promise.all(
    files.map(file => readlink(`${folder}/${file}`).catch(() => '')),
  )
  return targets.some(target => sockets.has(target))
}

async function askLsof(port: number): Promise<PortProcess | undefined> {
  const options = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']
  const { stdout } = await execute('lsof', options, { timeout: TIMEOUT_MS })
  const pid = /^p(\d+)$/m.exec(stdout)?.[1]
  const name = /^c(.+)$/m.exec(stdout)?.[1]
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name }
}
