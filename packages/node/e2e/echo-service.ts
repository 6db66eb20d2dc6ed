import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** What an {@link EchoService} answers with: the request as it came. */
export interface Echo {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
}

/** An uninstrumented service that answers each request by what it was sent. */
export interface EchoService extends AsyncDisposable {
  readonly port: number
  /** All requests so far. */
  readonly received: readonly Echo[]
}

/** Certificate of `*.example.test`, which nobody but these tests trusts. */
export const CERTIFICATE: URL = new URL('../test/fixtures/example-test.pem', import.meta.url)

/** Starts an {@link EchoService}; a request for `/redirect?to=…` is sent on. */
export async function startEcho(scheme: 'http' | 'https' = 'http'): Promise<EchoService> {
  const received: Echo[] = []
  const answer: RequestListener = ({ url: path = '', headers, rawHeaders }, response) => {
    const echo = { path, headers, rawHeaders }
    received.push(echo)
    const to = new URL(path, 'http://echo').searchParams.get('to')
    response.writeHead(to === null ? 200 : 307, {
      'content-type': 'application/json',
      ...(to !== null && { location: to }),
    })
    response.end(JSON.stringify(echo))
  }
  const pem = readFileSync(CERTIFICATE)
  const server =
    scheme === 'http' ? createServer(answer) : createTlsServer({ key: pem, cert: pem }, answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
