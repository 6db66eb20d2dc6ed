import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { trace } from '@opentelemetry/api'
import { fastifyLogging } from '@throughline/node/pino'
import Fastify from 'fastify'
import { buildSchema, graphql } from 'graphql'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'

// An API that does with secrets all that one should not: it logs them, throws them, and writes them into SQL. What it
// must not be able to do is to let one out by its telemetry.

const QUEUE = 'careless'
const { DATABASE_URL: databaseUrl = '', PAYMENTS_URL: paymentsUrl = '', PORT = '0' } = process.env

const database = new Pool({ connectionString: databaseUrl, max: 4 })
database.on('error', () => undefined)
const boss = new PgBoss({
  connectionString: databaseUrl,
  openTelemetry: { propagateContext: true },
  schedule: false,
})
boss.on('error', error => console.error(error))
await boss.start()
await boss.createQueue(QUEUE, { retryLimit: 0 })
await boss.work<{ secret: string }>(QUEUE, { pollingIntervalSeconds: 0.5 }, ([job]) => {
  throw new Error(`the job cannot use ${job?.data.secret}`)
})

const schema = buildSchema('type Query { greet(name: String): String }')
const root = { greet: ({ name }: { name: string }) => `hello ${name.length}` }

interface Body {
  readonly secret: string
}

const app = Fastify(fastifyLogging())
app.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
)
app.get('/health', () => ({ status: 'ok' }))
app.all('/anything', () => ({ ok: true }))
app.get<{ Params: { token: string } }>('/reset/:token', () => ({ ok: true }))
app.post<{ Body: Body }>('/throw', ({ body }) => {
  throw new Error(`cannot use ${body.secret}`)
})
app.post<{ Body: Body }>('/throw-cause', ({ body }) => {
  throw new Error('cannot go on', { cause: new Error(`refused: ${body.secret}`) })
})
app.post<{ Body: Body }>('/log', ({ body, log }) => {
  log.info(`somebody sent ${body.secret}`)
  log.warn({ note: body.secret, nested: { list: [body.secret] } }, 'noted')
  log.error(new Error(`no use for ${body.secret}`))
  return { ok: true }
})
app.post<{ Body: Body }>('/console', ({ body }) => {
  console.log('got', body.secret, { note: body.secret })
  console.error(new Error(`no use for ${body.secret}`))
  return { ok: true }
})
app.post<{ Body: Body }>('/sql-literal', async ({ body }) => {
  await database.query(`select '${body.secret}' as given -- ${body.secret}`)
  return { ok: true }
})
app.post<{ Body: Body }>('/sql-parameter', async ({ body }) => {
  await database.query('select $1::text as given', [body.secret])
  return { ok: true }
})
app.post<{ Body: Body }>('/sql-error', async ({ body }) => {
  await database.query('select $1::text::int as given', [body.secret])
  return { ok: true }
})
app.post<{ Body: Body }>('/span', ({ body: { secret } }) =>
  trace.getTracer('careless').startActiveSpan(`import ${secret}`, span => {
    span.setAttribute('note', `for ${secret}`).setAttribute('list', ['a', secret])
    span.addEvent(`read ${secret}`, { line: secret })
    span.setStatus({ code: 2, message: `refused ${secret}` })
    span.end()
    return { ok: true }
  }),
)
app.post<{ Body: Body }>('/span-attribute-by-name', ({ body: { secret } }) => {
  const span = trace.getActiveSpan()
  for (const key of [
    'password',
    'user.api_key',
    'http.request.header.authorization',
    'db.query.parameter.0',
    'http.request.body',
    'session.id',
  ])
    span?.setAttribute(key, secret)
  return { ok: true }
})
app.post<{ Body: Body }>('/graphql', async ({ body: { secret } }) => {
  const text = JSON.stringify(secret)
  await graphql({ schema, rootValue: root, source: `{ greet(name: ${text}) }` })
  await graphql({
    schema,
    rootValue: root,
    source: 'query Greet($name: String) { greet(name: $name) }',
    variableValues: { name: secret },
  })
  return { ok: true }
})
app.post<{ Body: Body }>('/job', async ({ body: { secret } }) => {
  await boss.send(QUEUE, { secret })
  return { ok: true }
})
app.post<{ Body: Body }>('/call-path', async ({ body: { secret } }) => {
  await fetch(`${paymentsUrl}/v1/charges/${encodeURIComponent(secret)}`)
  return { ok: true }
})
app.post<{ Body: Body }>('/call-credentials', async ({ body: { secret } }) => {
  const encoded = encodeURIComponent(secret)
  await fetch(`${paymentsUrl}/v1/charges/1?key=${encoded}`, {
    headers: { authorization: encoded, 'x-api-key': encoded },
  })
  const { hostname, port } = new URL(paymentsUrl)
  const call = httpRequest({
    hostname,
    port,
    path: `/v1/charges/1?token=${encoded}`,
    auth: `app:${secret}`,
  })
  call.end()
  const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream]
  response.resume()
  return { ok: true }
})

await app.listen({ port: Number(PORT), host: '127.0.0.1' })

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void app.close().then(async () => {
      await boss.stop({ timeout: 2_000 })
      await database.end()
    })
  })
}
