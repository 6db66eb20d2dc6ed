import { setTimeout as delay } from 'node:timers/promises'
import fastify from 'fastify'
import { PgBoss } from 'pg-boss'

// SENTRY_APP: what the application does with Sentry itself. `uses` imports it, JSON starts it with these options.
const { SENTRY_APP: own = '', DATABASE_URL: connectionString } = process.env
const Sentry = own === '' ? undefined : await import('@sentry/node')
if (own.startsWith('{')) Sentry.init(JSON.parse(own))

const app = fastify()

// Users come at the same time, stay for a while, and fail.
app.get('/users/:id/fail', async request => {
  const { id } = request.params
  Sentry?.setTag('user', id)
  Sentry?.setUser({ id })
  await delay(Number(request.query.ms ?? 0))
  throw new Error(`user ${id} failed`)
})
app.get('/refuse', async () => {
  throw Object.assign(new Error('refused'), { statusCode: 403 })
})
app.get('/nested', async () => {
  await Sentry.withScope(async scope => {
    scope.setTag('inner', 'yes')
    await delay(1)
    Sentry.captureException(new Error('told by the application'))
  })
  Sentry.captureMessage('a message of somebody@example.com')
  return 'ok'
})
app.get('/secret', async () => {
  Sentry?.addBreadcrumb({ category: 'auth', message: 'somebody@example.com came in' })
  Sentry?.setExtra('owner', { mail: 'somebody@example.com' })
  console.log('somebody@example.com')
  await (await fetch(`${process.env.STUB_URL}/?mail=somebody@example.com`)).text()
  throw new Error('no mail to somebody@example.com', {
    cause: new Error('somebody@example.com is unknown'),
  })
})
app.get('/call', async () => {
  await (await fetch(process.env.STUB_URL)).text()
  return 'called'
})
app.get('/reject', async () => {
  void Promise.reject(new Error('left alone'))
  return 'ok'
})
app.get('/crash', async () => {
  setTimeout(() => {
    throw new Error('crashed')
  })
  return 'ok'
})
app.get('/modules', async () => ({
  loaded: [...(globalThis.loadedModules ?? [])],
  carrier: globalThis.__SENTRY__ !== undefined,
}))

if (connectionString !== undefined) {
  const boss = new PgBoss({ connectionString, openTelemetry: { propagateContext: true } })
  boss.on('error', error => console.log(error))
  await boss.start()
  await boss.createQueue('reports', { retryLimit: 0 })
  await boss.work('reports', { pollingIntervalSeconds: 0.5 }, async ([job]) => {
    Sentry?.setTag('user', job.data.user)
    await delay(20)
    throw new Error(`report of ${job.data.user} failed`)
  })
  app.post('/reports/:user', async request => {
    Sentry?.setTag('sender', request.params.user)
    return await boss.send('reports', { user: request.params.user })
  })
}
if (process.env.LISTENS_TO_REJECTIONS === '1') process.on('unhandledRejection', () => {})

await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`listening ${app.listeningOrigin}`)
