import { isMode } from './mode.ts'
import { createPayments } from './server.ts'

const port = Number(process.env['PORT'] ?? 3002)
const mode = process.env['PAYMENTS_MODE'] ?? 'normal'
if (!isMode(mode)) {
  console.error(`PAYMENTS_MODE=${mode} is none of normal, slow, failing`)
  process.exit(2)
}

const server = createPayments(mode)
server.once('error', (error: NodeJS.ErrnoException) => {
  const words =
    error.code === 'EADDRINUSE' ? `port ${port} is taken; set PORT to another one` : error.message
  console.error(`payments cannot start: ${words}`)
  process.exit(1)
})
server.listen(port, '127.0.0.1', () => console.log(`payments listens at http://127.0.0.1:${port}`))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close()
    server.closeIdleConnections()
  })
}
