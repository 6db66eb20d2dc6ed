import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Lets processes of this machine do something one at a time. Disposing ends it, whoever waits. */
export interface Turns extends AsyncDisposable {
  readonly port: number
}

/** Starts to give turns, in the order in which they are asked for. */
export async function startTurns(): Promise<Turns> {
  const waiting: Socket[] = []
  const server = createServer(socket => {
    if (waiting.push(socket) === 1) socket.write('yours')
    // Whoever is killed resets its connection, and its turn ends with it.
    socket.on('error', () => socket.destroy())
    socket.once('close', () => {
      const [holder] = waiting
      waiting.splice(waiting.indexOf(socket), 1)
      if (holder === socket) waiting[0]?.write('yours')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of waiting) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Resolves when it is this process's turn, to what ends it; rejects when there is nobody to give turns any more. */
export async function takeTurn(port: number): Promise<() => void> {
  const socket = connect(port, '127.0.0.1')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const fail = (cause?: unknown): void =>
    reject(new Error('nobody gives turns any more', { cause }))
  socket.once('data', () => resolve())
  socket.on('error', fail)
  socket.once('close', () => fail())
  await promise
  return () => socket.destroy()
}
