// Listens on a host name of this container, at the ports named after it, and hands each connection on to the same port
// of 127.0.0.1, where the example apps listen.
import { connect, createServer } from 'node:net'

const LOOPBACK = '127.0.0.1'

/**
 * @param {string} host
 * @param {number} port
 */
function open(host, port) {
  const server = createServer({ allowHalfOpen: true }, visitor => {
    const app = connect({ port, host: LOOPBACK, allowHalfOpen: true })
    // One that breaks off takes the other with it: nobody may wait for an answer that cannot come.
    visitor.on('error', () => app.destroy())
    app.on('error', () => visitor.destroy())
    visitor.pipe(app).pipe(visitor)
  })
  server.listen(port, host, () => console.log(`${host}:${port} leads to ${LOOPBACK}:${port}`))
}

const [host, ...ports] = process.argv.slice(2)
for (const port of ports) open(host, Number(port))
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0))
