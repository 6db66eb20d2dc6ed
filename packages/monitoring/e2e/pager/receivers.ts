import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** What a receiver was sent. */
export interface Delivery {
  /** Path below the server's address. */
  readonly path: string
  readonly body: unknown
}

/** A server of this machine in place of everything that Alertmanager tells. Disposing ends it. */
export interface Receivers extends AsyncDisposable {
  readonly url: string
  readonly deliveries: readonly Delivery[]
}

/** Starts a server that takes whatever it is sent, and keeps it. */
export async function startReceivers(): Promise<Receivers> {
  const deliveries: Delivery[] = []
  const server = createServer((request, response) => {
    void json(request)
      .then(body => deliveries.push({ path: request.url ?? '', body }))
      // What is no JSON is nobody's that is asserted on.
      .catch((error: unknown) => deliveries.push({ path: request.url ?? '', body: String(error) }))
      // What both PagerDuty and Slack may answer.
      .then(() => response.writeHead(202).end('ok'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
