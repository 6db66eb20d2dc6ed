import { once } from 'node:events'
import { createServer } from 'node:net'

/** How many ports are tried. */
const PORTS_TO_TRY = 50
const LAST_PORT = 65_535

/**
 * `wanted`, or the next port above it that is free at `host`; undefined where none of fifty is.
 *
 * It is free at this moment: another may take it before you do.
 */
export async function findFreePort(
  wanted: number,
  host: string = '127.0.0.1',
): Promise<number | undefined> {
  const last = Math.min(wanted + PORTS_TO_TRY - 1, LAST_PORT)
  for (let port = wanted; port <= last; port += 1) {
    if (await isFree(port, host)) return port
  }
  return undefined
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    // Taken, or not ours to take: either way it is no use.
    return false
  }
}
