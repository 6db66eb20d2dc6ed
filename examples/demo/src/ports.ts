import { findFreePort } from '@throughline/viewer'

/** How many ports after the wanted one are tried. */
const PORTS_TO_TRY = 50

/** `wanted`, or the next port that is free on the loopback address and not in `taken`. */
export async function findPort(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  let port = await findFreePort(wanted)
  while (port !== undefined && taken.has(port)) port = await findFreePort(port + 1)
  if (port !== undefined && port < wanted + PORTS_TO_TRY) return port
  throw new Error(
    `none of the ports ${wanted} to ${wanted + PORTS_TO_TRY - 1} is free on 127.0.0.1`,
  )
}
