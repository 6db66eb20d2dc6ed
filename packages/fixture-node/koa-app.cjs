const { get } = require('node:http')
const Koa = require('koa')

const app = new Koa()

// Calls out by what it took from node:http as it was loaded, as koa-app.mjs does.
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
