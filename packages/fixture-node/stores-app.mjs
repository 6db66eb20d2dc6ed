import { createServer } from 'node:http'
import { Redis } from 'ioredis'
import knex from 'knex'

const database = knex({ client: 'pg', connection: process.env.DATABASE_URL })
const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 1 })
redis.on('error', error => console.error(error.message))

const server = createServer(async (_request, response) => {
  await redis.set('greeting', 'hello')
  const rows = await database.select(database.raw('1 as one'))
  response.end(JSON.stringify({ greeting: await redis.get('greeting'), rows }))
})

server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
