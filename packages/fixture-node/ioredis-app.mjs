import { createServer } from 'node:http'
import { Redis } from 'ioredis'

const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 1 })
redis.on('error', error => console.error(error.message))

const server = createServer(async (_request, response) => {
  await redis.set('greeting', 'hello')
  const [, version] = /redis_version:(\S+)/.exec(await redis.info('server'))
  response.end(JSON.stringify({ greeting: await redis.get('greeting'), version }))
})

server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
