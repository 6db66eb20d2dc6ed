import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A site of somebody else: an empty page on another host and port. */
export interface ForeignSite extends AsyncDisposable {
  readonly url: string
}

export async function startForeignSite(): Promise<ForeignSite> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>Somebody else</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // By another name than the app's, which is another site to a browser.
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
