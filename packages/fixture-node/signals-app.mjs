import { createServer } from 'node:http'

// SIGNALS=own: the application decides when to exit. SIGNALS=close: it stops serving, and ends when nothing is left to
// do. Otherwise it leaves signals to Node.
if (process.env.SIGNALS === 'own') {
  process.on('SIGTERM', () => {
    console.log('application saw SIGTERM')
    server.close(() => process.exit(7))
  })
} else if (process.env.SIGNALS === 'close') {
  process.on('SIGTERM', () => server.close())
}

// /exit and /crash end the process once they are answered.
const ends = {
  '/exit': () => setImmediate(() => process.exit(3)),
  '/crash': () => {
    throw new Error('crashed')
  },
}
const server = createServer((request, response) => {
  response.on('close', () => ends[request.url]?.())
  response.end('ok')
})
server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
