import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import type { Capture } from './search.ts'

/** A server that takes whatever telemetry is sent to it, and keeps every byte. */
export interface Witness extends AsyncDisposable {
  readonly captures: readonly Capture[]
  /** Environment that makes a process send here: traces, logs and errors. */
  readonly env: Readonly<Record<string, string>>
}

const WORDS: Readonly<Record<string, string>> = {
  '/v1/traces': 'traces by OTLP',
  '/v1/logs': 'logs by OTLP',
  '/v1/metrics': 'metrics by OTLP',
}

/** Starts the witness on the loopback address. */
export async function startWitness(): Promise<Witness> {
  const captures: Capture[] = []
  const server = createServer((request, response) => {
    readAll(request).then(
      text => {
        const [path = ''] = (request.url ?? '').split('?')
        const headers = Object.entries(request.headers)
          .map(([name, value]) => `${name}: ${String(value)}`)
          .join('\n')
        const source = WORDS[path] ?? (path.includes('/envelope') ? 'errors to Sentry' : path)
        captures.push({ source, text: `${request.url}\n${headers}\n${text}` })
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      },
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    captures,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '200',
      OTEL_LOGS_EXPORTER: 'otlp',
      SENTRY_DSN: `http://public@127.0.0.1:${port}/1`,
    },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** The body as text, unpacked; what is no text keeps the texts that are in it. */
async function readAll(request: IncomingMessage): Promise<string> {
  const body = await buffer(request)
  const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  return bytes.toString('utf8')
}
