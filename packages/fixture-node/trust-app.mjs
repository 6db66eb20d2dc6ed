// An application with a route for each audience, which makes the calls that it is told to make.
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import fastify from 'fastify'

// Every name of the test is on this machine.
const { lookup } = dns
dns.lookup = (name, options, done) =>
  lookup(name.endsWith('.example.test') ? '127.0.0.1' : name, options, done)

async function call({ by, url, via, headers }) {
  if (by === 'fetch') {
    const answer = await fetch(url, { headers })
    return { status: answer.status, ...(await answer.json()) }
  }
  const { request } = by === 'https' ? https : http
  const proxied = via && { host: via.host, port: via.port, path: url }
  return await new Promise((resolve, reject) => {
    const done = answer => {
      let text = ''
      answer.on('data', chunk => (text += chunk))
      answer.on('end', () => resolve({ status: answer.statusCode, ...JSON.parse(text) }))
    }
    const sent = proxied ? request({ ...proxied, headers }, done) : request(url, { headers }, done)
    sent.on('error', reject).end()
  })
}

const app = fastify()
for (const audience of ['browser', 'public', 'partner', 'internal', 'admin', 'unlisted']) {
  app.get(`/${audience}/:row`, async request => ({
    seen: request.headers,
    raw: request.raw.rawHeaders,
    hop: await call({ by: 'fetch', url: process.env.HOP_URL }),
  }))
}
app.post('/call/:row', async request => await call(request.body))

app.listen({ port: 0, host: '127.0.0.1' }, (error, address) => {
  if (error) throw error
  console.log(`listening ${address}`)
})
