import { request, type Agent, type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request, as it is to go over the wire: nothing is added but the length of the body. */
export interface Sent {
  /** @default 'POST' */
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: Uint8Array | string
  /** Whether the body goes in chunks, without its length. @default false */
  readonly chunked?: boolean
}

/** What was answered. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Sends a request to the loopback address. An answer that comes before the body is all sent is an answer, too. */
export function exchange(port: number, sent: Sent, agent?: Agent): Promise<Answer> {
  const { method = 'POST', path, headers = {}, body, chunked = false } = sent
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const outgoing = request({
      ...(agent === undefined ? {} : { agent }),
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: Object.fromEntries(
        Object.entries(headers).filter(([, value]) => value !== undefined),
      ),
    })
    outgoing.on('response', response => {
      buffer(response).then(
        answered =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: answered,
          }),
        reject,
      )
    })
    // Does nothing once the answer is there.
    outgoing.on('error', reject)
    if (bytes !== undefined && !chunked && method !== 'GET')
      outgoing.setHeader('content-length', headers['content-length'] ?? bytes.length)
    if (bytes === undefined) outgoing.end()
    else if (chunked) {
      const half = Math.ceil(bytes.length / 2)
      outgoing.write(bytes.subarray(0, half))
      outgoing.end(bytes.subarray(half))
    } else outgoing.end(bytes)
  })
}
