// Run in a process of its own, with our runtime: a server that calls itself, so that every request leaves a server
// span and a client span as applications send them.
import { createServer } from 'node:http'
import { once } from 'node:events'

const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}')
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address()
for (let request = 0; request < Number(process.argv[2]); request++) {
  const response = await fetch(`http://127.0.0.1:${port}/api/invoices/${request}?page=2`)
  await response.text()
}
server.close()
