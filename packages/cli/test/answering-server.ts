import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a server answers at a path. */
export interface CannedAnswer {
  readonly status?: number
  /** Sent as it is when a string, else as JSON. */
  readonly body: unknown
}

/** What a server was asked. */
export interface Asked {
  readonly path: string
  readonly authorization: string | undefined
}

/** A server with these answers, by path with its query; 404 for any other. `undefined` never answers. Gone after the test. */
export async function startAnsweringServer(
  answers: Readonly<Record<string, CannedAnswer | undefined>>,
): Promise<{ readonly url: URL; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = []
  const server = createServer(({ url: path = '', headers }, response) => {
    asked.push({ path, authorization: headers.authorization })
    if (!Object.hasOwn(answers, path)) return void response.writeHead(404).end('404 page not found')
    const answer = answers[path]
    if (answer === undefined) return
    const { status = 200, body } = answer
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: new URL(`http://127.0.0.1:${port}`), asked }
}
