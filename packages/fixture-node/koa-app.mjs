import { get } from 'node:http'
import Koa from 'koa'

const app = new Koa()

// Calls out by a named import of node:http, the case that needs the built-in's exports synced.
app.use(async context => {
  context.body = await new Promise((resolve, reject) => {
    get(`${process.env.STUB_URL}/charges/1`, response => {
      response.resume().on('end', () => resolve({ charge: response.statusCode }))
    }).on('error', reject)
  })
})

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
