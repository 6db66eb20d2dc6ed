import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Opens a connection. What becomes of it is seen by its events only: its end may be what is asked for. */
export async function openConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  return socket
}

/** Sends bytes as they are; gives the status of each answer, once there are so many or the connection is closed. */
export async function speak(
  port: number,
  said: string | Uint8Array,
  wanted: number,
): Promise<number[]> {
  const socket = await openConnection(port)
  let heard = ''
  const statuses = (): number[] =>
    [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
  const over = new Promise<void>(resolve => {
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text
      if (statuses().length >= wanted) resolve()
    })
    socket.once('close', () => resolve())
  })
  socket.write(said)
  await over
  socket.destroy()
  return statuses()
}

/** The bytes of a request, with what a well-behaved one has. */
export const post = (
  port: number,
  path: string,
  body: string,
  headers: readonly string[] = [],
): string =>
  [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    ...(headers.some(header => /^(content-length|transfer-encoding)/.test(header))
      ? []
      : [`content-length: ${Buffer.byteLength(body)}`]),
    ...headers,
    '',
    body,
  ].join('\r\n')
