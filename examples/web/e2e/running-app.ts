import { join } from 'node:path'
import { startTestDatabase } from '@throughline-example/database'
import { startCollector, type Collector } from '@throughline/testing'
import { Client } from 'pg'
import { EXAMPLES, NEXT } from '../../demo/src/stack.ts'
import { startExample } from '../../demo/src/start-example.ts'
import { buildWeb } from '../../demo/src/web-build.ts'

/** The app, built and started with all that it talks to. */
export interface RunningApp extends AsyncDisposable {
  readonly url: string
  readonly paymentsUrl: string
  readonly collector: Collector
  /** A connection of the test's own. */
  readonly database: Client
}

/** Builds the app unless it is, and starts it with its real neighbours, each on a free port. */
export async function startApp(): Promise<RunningApp> {
  await using undo = new AsyncDisposableStack()
  await buildWeb({
    webFolder: join(EXAMPLES, 'web'),
    inputs: [join(EXAMPLES, '../packages/next/dist')],
    say: () => undefined,
    signal: new AbortController().signal,
  })
  const collector = undo.use(await startCollector())
  const { url: databaseUrl } = undo.use(await startTestDatabase())
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  undo.defer(() => database.end())

  const payments = undo.use(await startExample({ name: 'payments', args: ['src/main.ts'] }))
  const environment = { ...collector.env, DATABASE_URL: databaseUrl, PAYMENTS_URL: payments.url }
  const partnerApi = undo.use(await startExample({ name: 'partner-api', environment }))
  const web = undo.use(
    await startExample({
      name: 'web',
      args: [NEXT, 'start', '-H', '127.0.0.1'],
      environment: { ...environment, PARTNER_API_URL: partnerApi.url },
      readyPath: '/api/health',
    }),
  )

  const running = undo.move()
  return {
    url: web.url,
    paymentsUrl: payments.url,
    collector,
    database,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
