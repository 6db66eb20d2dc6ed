import fastify from 'fastify'
import { fastifyLogging } from '@throughline/node/pino'

// LOGGER=off: the application itself writes nothing.
const app = fastify(process.env.LOGGER === 'off' ? {} : fastifyLogging())

app.get('/items/:id', async request => {
  request.log.info(
    { req: request, token: 'tok-4f9d2c', query: request.query },
    `item of ${request.query.mail}`,
  )
  return { id: request.params.id }
})

app.get('/console', async () => {
  console.log('said %s of', 'something', { nested: { deep: [1, 2] } })
  console.error(new Error('went wrong for jo@example.com'))
  return {}
})

app.get('/boom', async () => {
  throw new Error('boom for ann@example.com')
})

// The answer is on its way when the process ends.
app.get('/exit', async (_request, reply) => {
  reply.raw.on('close', () => process.exit(3))
  return {}
})

await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address()
// Not on stdout, which may have no reader.
process.stderr.write(`listening http://127.0.0.1:${port}\n`)
