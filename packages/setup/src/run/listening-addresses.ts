import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Longest that `lsof` may take. */
const TIMEOUT_MS = 5_000

/** Where a process listens. */
export interface ListeningAddress {
  /** As it stands in an address: `127.0.0.1`, `[::1]`; `localhost` for any address of the machine. */
  readonly host: string
  readonly port: number
}

/** Where processes listen for TCP; undefined where the system does not tell. */
export async function listListening(
  pids: readonly number[],
): Promise<readonly ListeningAddress[] | undefined> {
  try {
    return process.platform === 'linux' ? await askProc(pids) : await askLsof(pids)
  } catch (error) {
    // lsof is missing, and what the application prints has to do. It ends with 1 where nobody listens.
    return (error as { code?: unknown }).code === 1 ? [] : undefined
  }
}

async function askProc(pids: readonly number[]): Promise<readonly ListeningAddress[]> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map(path => readFile(path, 'utf8').catch(() => '')),
  )
  const sockets = new Set((await Promise.all(pids.map(listSockets))).flat())
  return tables
    .flatMap(parseSocketTable)
    .filter(({ inode }) => sockets.has(`socket:[${inode}]`))
    .map(({ host, port }) => ({ host, port }))
}

async function listSockets(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`
  // A process that has just ended holds none.
  const files = await readdir(folder).catch(() => [])
  return Promise.all(files.map(file => readlink(`${folder}/${file}`).catch(() => '')))
}

/** State of a socket that listens, as the kernel writes it. */
const LISTENING = '0A'

/** Reads what listens from a table of the kernel: `/proc/net/tcp` or `tcp6`. */
export function parseSocketTable(
  table: string,
): readonly (ListeningAddress & { readonly inode: string })[] {
  return table
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === LISTENING)
    .map(fields => {
      const [address = '', port = ''] = fields[1]?.split(':') ?? []
      return { host: hostOfHex(address), port: Number.parseInt(port, 16), inode: fields[9] ?? '' }
    })
}

/** The kernel writes addresses as words of the machine, so least significant byte first. */
function hostOfHex(address: string): string {
  if (/^0+$/.test(address)) return 'localhost'
  const words = address.match(/.{8}/g) ?? []
  const bytes = words.flatMap(word => (word.match(/../g) ?? []).toReversed())
  if (bytes.length === 4) return bytes.map(byte => Number.parseInt(byte, 16)).join('.')
  const groups = Array.from({ length: 8 }, (_, at) => `${bytes[at * 2]}${bytes[at * 2 + 1]}`)
  return new URL(`http://[${groups.join(':')}]`).hostname
}

async function askLsof(pids: readonly number[]): Promise<readonly ListeningAddress[]> {
  const options = ['-nP', '-a', '-p', pids.join(','), '-iTCP', '-sTCP:LISTEN', '-Fn']
  const { stdout } = await execute('lsof', options, { timeout: TIMEOUT_MS })
  return parseLsof(stdout)
}

/** Reads what `lsof -Fn` prints: a line `n*:3000` or `n[::1]:3000` for each socket. */
export function parseLsof(text: string): readonly ListeningAddress[] {
  return [...text.matchAll(/^n(?<host>\S+):(?<port>\d+)$/gm)].map(({ groups }) => {
    const { host = '', port } = groups ?? {}
    return { host: host === '*' ? 'localhost' : host, port: Number(port) }
  })
}
