// The service that is measured: a bare route, and one with a query and a fetch. Plain JavaScript, so that its start
// is the application's and not the compiler's.
import Fastify from 'fastify'
import pg from 'pg'

const { DATABASE_URL, STUB_URL } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 })
pool.on('error', () => undefined)

const app = Fastify()
app.get('/hello', async () => ({ hello: 'world' }))
app.get('/orders/:id', async request => {
  const { rows } = await pool.query('SELECT $1::int AS id, 4900 AS total_cents', [
    request.params.id,
  ])
  const answer = await fetch(`${STUB_URL}/charges/${request.params.id}`)
  return { ...rows[0], charge: await answer.json() }
})
app.get('/', async () => 'ready')

process.on('message', question => {
  const { user, system } = process.cpuUsage()
  process.send({ question, cpuMicros: user + system, rssBytes: process.memoryUsage.rss() })
})
process.on('disconnect', () => process.exit(0))
process.send({ url: await app.listen({ port: 0, host: '127.0.0.1' }) })
