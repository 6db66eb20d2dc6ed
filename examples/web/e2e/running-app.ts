import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestDatabase } from '@throughline-example/database'
import { startCollector, type Collector } from '@throughline/testing'
import { Client } from 'pg'
import { prepareCatalog } from '../../demo/src/addresses.ts'
import { EXAMPLES, NEXT } from '../../demo/src/stack.ts'
import { startExample } from '../../demo/src/start-example.ts'
import { buildWeb } from '../../demo/src/web-build.ts'

/** The app, built and started with all that it talks to. */
export interface RunningApp extends AsyncDisposable {
  readonly url: string
  readonly metricsUrl: string
  readonly paymentsUrl: string
  /** The last lines of the app. */
  output(): string
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
  const environment = {
    ...collector.env,
    DATABASE_URL: databaseUrl,
    PAYMENTS_URL: payments.url,
    THROUGHLINE_INTERNAL_SECRET: 'a-secret-of-the-end-to-end-test',
  }
  const partnerApi = undo.use(await startExample({ name: 'partner-api', environment }))
  // The catalog says to whom the trace is told, by the ports that the services have here.
  const folder = mkdtempSync(join(tmpdir(), 'throughline-web-'))
  undo.defer(() => rmSync(folder, { recursive: true }))
  const catalog = prepareCatalog(join(EXAMPLES, 'ownership.yaml'), folder, {
    'partner-api': Number(new URL(partnerApi.url).port),
    payments: Number(new URL(payments.url).port),
  })
  const web = undo.use(
    await startExample({
      name: 'web',
      args: [NEXT, 'start', '-H', '127.0.0.1'],
      environment: {
        ...environment,
        PARTNER_API_URL: partnerApi.url,
        THROUGHLINE_CATALOG: catalog,
      },
      readyPath: '/api/health',
    }),
  )

  const running = undo.move()
  return {
    url: web.url,
    metricsUrl: web.metricsUrl,
    paymentsUrl: payments.url,
    output: () => web.output(),
    collector,
    database,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
