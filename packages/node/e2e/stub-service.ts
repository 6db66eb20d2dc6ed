import { createServer, type IncomingHttpHeaders } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** An uninstrumented service that answers every request, and remembers with which headers it was called. */
export interface StubService extends AsyncDisposable {
  readonly url: string
  readonly seen: readonly IncomingHttpHeaders[]
}

/** Starts a {@link StubService} on a free port. */
export async function startStub(): Promise<StubService> {
  const seen: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers)
    response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
