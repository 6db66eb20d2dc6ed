import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long and how many: what keeps slow and many clients from holding up others. */
export interface ServerLimits {
  /** Longest that the headers of a request take. */
  readonly headersTimeoutMs: number
  /** Longest that a whole request takes to arrive. */
  readonly requestTimeoutMs: number
  readonly maxConnections: number
}

export const DEFAULT_LIMITS: ServerLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  maxConnections: 512,
}

/** Exporters keep a connection between two batches, and are surprised by one that was closed. */
const KEEP_ALIVE_MS = 65_000
/** Requests that are under way get this long to end. */
const GRACE_MS = 500

/** Listens; rejects with the system's error where the port cannot be had. */
export async function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<number> {
  server.listen({ port, host })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

export function createLimitedServer({
  headersTimeoutMs,
  requestTimeoutMs,
  maxConnections,
}: ServerLimits): Server {
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, headersTimeoutMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  server.maxConnections = maxConnections
  return server
}

/** Closes the port and its connections: idle ones now, others when they have answered, or soon. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await closed
  clearTimeout(timer)
}
