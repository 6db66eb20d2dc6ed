import { createServer } from 'node:http'

// SIGNALS=own: the application decides when to exit. Otherwise it leaves signals to Node.
if (process.env.SIGNALS === 'own') {
  process.on('SIGTERM', () => {
    console.log('application saw SIGTERM')
    server.close(() => process.exit(7))
  })
}

const server = createServer((_request, response) => response.end('ok'))
server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
