import fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', () => {})
const app = fastify()

app.get('/items/:id', async request => {
  const { rows } = await pool.query('select $1::int as id', [request.params.id])
  const answer = await fetch(`${process.env.STUB_URL}/charges/${rows[0].id}`)
  return { id: rows[0].id, charge: answer.status }
})

app.setErrorHandler((error, request, reply) => {
  reply.code(error.message === 'not yours' ? 403 : 500).send({ error: error.message })
})

app.get('/theirs/:id', async () => {
  throw new Error('not yours')
})

app.get('/boom/:id', async () => {
  throw new Error('boom')
})

app.listen({ port: 0, host: '127.0.0.1' }, (error, address) => {
  if (error) throw error
  console.log(`listening ${address}`)
})
