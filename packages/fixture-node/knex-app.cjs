const { createServer } = require('node:http')
const knex = require('knex')

const database = knex({ client: 'pg', connection: process.env.DATABASE_URL })

const server = createServer(async (_request, response) => {
  const version = database.raw("current_setting('server_version') as version")
  response.end(JSON.stringify(await database.select(version)))
})

server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
