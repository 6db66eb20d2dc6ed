import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long a client that has its answer may go on sending. */
const LINGER_MS = 2_000

/**
 * Ends an answer, also one that is given before its request has arrived. What still comes of the request is thrown away
 * for a moment: a connection that is closed while its client sends is reset, and the answer may be lost with it.
 */
export function endAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  body: Uint8Array | string,
): void {
  if (request.complete) {
    response.end(body)
    return
  }
  // The client has all of its answer now, by the length that it has.
  response.write(body)
  const finish = (): void => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(finish, LINGER_MS)
  request.once('close', finish).resume()
}
