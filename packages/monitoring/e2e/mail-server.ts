import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** An e-mail as it was sent. */
export interface Mail {
  readonly to: readonly string[]
  /** Head and body, lines joined that the encoding had broken. */
  readonly text: string
}

/** A relay of this machine that takes every e-mail, and keeps it. Disposing ends it. */
export interface MailServer extends AsyncDisposable {
  readonly port: number
  readonly mails: readonly Mail[]
}

/** Starts a relay that asks for no password and offers no encryption. */
export async function startMailServer(): Promise<MailServer> {
  const mails: Mail[] = []
  const server = createServer(socket => {
    let to: string[] = []
    let data: string[] | undefined
    let rest = ''
    const answer = (line: string): void => void socket.write(`${line}\r\n`)
    const take = (line: string): void => {
      if (data !== undefined && line !== '.') {
        data.push(line)
      } else if (data !== undefined) {
        mails.push({ to, text: data.join('\n').replaceAll('=\n', '') })
        data = undefined
        answer('250 taken')
      } else if (/^DATA/i.test(line)) {
        data = []
        answer('354 go on')
      } else if (/^QUIT/i.test(line)) {
        answer('221 bye')
        socket.end()
      } else {
        const [, address] = /^RCPT TO:<(.*)>/i.exec(line) ?? []
        if (address !== undefined) to = [...to, address]
        answer('250 ok')
      }
    }
    socket.on('data', chunk => {
      const lines = (rest + chunk.toString()).split('\r\n')
      rest = lines.pop() ?? ''
      lines.forEach(take)
    })
    // A client that is killed resets its connection.
    socket.on('error', () => socket.destroy())
    answer('220 here')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}
