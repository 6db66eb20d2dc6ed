import { createServer } from 'node:net'

/** How many ports after the wanted one are tried. */
const PORTS_TO_TRY = 50

/** `wanted`, or the next port that is free on the loopback address and not in `taken`. */
export async function findPort(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TO_TRY; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port
  }
  throw new Error(
    `none of the ports ${wanted} to ${wanted + PORTS_TO_TRY - 1} is free on 127.0.0.1`,
  )
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    )
  })
}
