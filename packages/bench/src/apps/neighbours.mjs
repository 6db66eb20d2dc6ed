// What the measured service talks to, in a process of its own: the service that it fetches from, and a collector that
// counts what arrives.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { startReceiver } from '@throughline/otlp'

let spans = 0
const collector = await startReceiver({ onTraces: batch => void (spans += batch.length) })
const stub = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"succeeded"}')
}).listen(0, '127.0.0.1')
await once(stub, 'listening')

process.on('message', question => process.send({ question, spans }))
process.on('disconnect', () => process.exit(0))
process.send({ collector: collector.url, stub: `http://127.0.0.1:${stub.address().port}` })
