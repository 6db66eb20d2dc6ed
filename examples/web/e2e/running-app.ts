import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startTestDatabase } from '@throughline-example/database'
import { startCollector, type Collector } from '@throughline/testing'
import { Client } from 'pg'
import { startService } from '../../demo/src/service-process.ts'
import { buildWeb } from '../../demo/src/web-build.ts'

const EXAMPLES = join(import.meta.dirname, '../..')
const REGISTER = ['--import', '@throughline/node/register']
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')

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
  const { signal } = undo.adopt(new AbortController(), async controller => controller.abort())
  await buildWeb({
    webFolder: join(EXAMPLES, 'web'),
    inputs: [join(EXAMPLES, '../packages/next/dist')],
    say: () => undefined,
    signal,
  })
  const collector = undo.use(await startCollector())
  const { url: databaseUrl } = undo.use(await startTestDatabase())
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  undo.defer(() => database.end())

  const start = async (
    name: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    readyPath = '/health',
  ): Promise<string> => {
    const port = await findFreePort()
    const url = `http://127.0.0.1:${port}`
    const service = await startService(
      {
        name,
        folder: join(EXAMPLES, name),
        args,
        environment: {
          ...collector.env,
          ...environment,
          DATABASE_URL: databaseUrl,
          OTEL_SERVICE_NAME: name,
          PORT: String(port),
          THROUGHLINE_CATALOG: join(EXAMPLES, 'ownership.yaml'),
          THROUGHLINE_METRICS_PORT: '0',
        },
        readyUrl: url + readyPath,
      },
      signal,
    )
    undo.defer(() => service.stop())
    return url
  }

  const paymentsUrl = await start('payments', ['src/main.ts'])
  const neighbours = { PAYMENTS_URL: paymentsUrl }
  const partnerApiUrl = await start('partner-api', [...REGISTER, 'src/main.ts'], neighbours)
  const url = await start(
    'web',
    [NEXT, 'start', '-H', '127.0.0.1'],
    { ...neighbours, PARTNER_API_URL: partnerApiUrl },
    '/api/health',
  )

  const running = undo.move()
  return {
    url,
    paymentsUrl,
    collector,
    database,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
