import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Metrics } from './instruments.ts'

/** How many ports after the wanted one are tried before giving up. */
const PORTS_TO_TRY = 100

/** Serves `/metrics` on a port of its own. */
export interface MetricsServer {
  /** Whether `server` is this one, so that scrapes are not traced. */
  owns(server: unknown): boolean
  /** Address of `/metrics`, or undefined while it is not served. */
  readonly url: string | undefined
  stop(): void
}

/** Where to serve, and what is told of it. */
export interface MetricsServerOptions {
  readonly host: string
  /** Wanted port; the next free one is taken when it is not free. `0` takes any. */
  readonly port: number
  readonly onListening?: (url: string) => void
  /** Called once when no port could be had; metrics are then not served, and nothing else changes. */
  readonly onFailed?: (error: Error) => void
}

/**
 * Serves the metrics in OpenMetrics form, with exemplars.
 *
 * Never on the application's own port: routes, load and dependencies are nobody's business outside. The server keeps
 * no process alive.
 */
export function serveMetrics(metrics: Metrics, options: MetricsServerOptions): MetricsServer {
  const server = createMetricsServer(metrics)
  let url: string | undefined
  listen(server, options, options.port, address => {
    url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${address.port}/metrics`
    options.onListening?.(url)
  })
  server.unref()
  // A scraper keeps its connection, which would keep a process that has nothing left to do.
  server.on('connection', socket => void socket.unref())
  return {
    owns: other => other === server,
    get url() {
      return url
    },
    stop() {
      url = undefined
      server.close()
      server.closeAllConnections()
    },
  }
}

function createMetricsServer(metrics: Metrics): Server {
  return createServer((request, response) => {
    const path = request.url?.split('?', 1)[0]
    if (path !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Metrics are at /metrics\n')
      return
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    metrics.scrape().then(
      text => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      (error: unknown) =>
        response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error)),
    )
  })
}

function listen(
  server: Server,
  { host, port: wanted, onFailed }: MetricsServerOptions,
  port: number,
  onListening: (address: AddressInfo) => void,
): void {
  const onError = (error: NodeJS.ErrnoException): void => {
    server.off('listening', onReady)
    const next = port + 1
    if (error.code === 'EADDRINUSE' && next < Math.min(wanted + PORTS_TO_TRY, 65_536)) {
      listen(server, { host, port: wanted, ...(onFailed && { onFailed }) }, next, onListening)
    } else onFailed?.(error)
  }
  const onReady = (): void => {
    server.off('error', onError)
    onListening(server.address() as AddressInfo)
  }
  server.once('error', onError)
  server.once('listening', onReady)
  server.listen(port, host)
}
