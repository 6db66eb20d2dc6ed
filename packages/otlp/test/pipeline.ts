import { once } from 'node:events'
import { connect } from 'node:net'

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** An answer as it comes over the wire. */
export interface RawAnswer {
  readonly status: number
  readonly body: Buffer
}

/** Sends requests down one connection without waiting for answers between, which is how thousands take a second. */
export async function sendPipelined(
  port: number,
  requests: readonly RawRequest[],
): Promise<RawAnswer[]> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const answers: RawAnswer[] = []
  let rest: Buffer = Buffer.alloc(0)
  const answered = new Promise<void>((resolve, reject) => {
    socket.on('data', chunk => {
      rest = takeAnswers(Buffer.concat([rest, chunk]), answers)
      if (answers.length === requests.length) resolve()
    })
    socket.once('error', reject).once('close', () => {
      reject(new Error(`closed after ${answers.length} of ${requests.length} answers`))
    })
  })
  socket.write(Buffer.concat(requests.flatMap(encode)))
  await answered
  socket.destroy()
  return answers
}

function encode({ path, headers, body }: RawRequest): Uint8Array[] {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n${lines.join('')}\r\n`
  return [Buffer.from(head), body]
}

/** Moves whole answers from `bytes` to `answers`, and gives what is left. */
function takeAnswers(bytes: Buffer, answers: RawAnswer[]): Buffer {
  let at = 0
  for (;;) {
    const end = bytes.indexOf('\r\n\r\n', at)
    if (end === -1) return bytes.subarray(at)
    const head = bytes.toString('latin1', at, end)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
    const next = end + 4 + length
    if (next > bytes.length) return bytes.subarray(at)
    answers.push({ status: Number(head.slice(9, 12)), body: bytes.subarray(end + 4, next) })
    at = next
  }
}
