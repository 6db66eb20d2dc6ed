import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDatabase, migrate } from '@throughline-example/database'
import { urlOf, type Placement, type Ports, type ServiceName } from './addresses.ts'
import type { RunRecord } from './run-record.ts'
import { startService, type ServiceCommand, type ServiceProcess } from './service-process.ts'
import type { Talk } from './talk.ts'

/** Folder of the examples. */
export const EXAMPLES: string = fileURLToPath(new URL('../../', import.meta.url))

/** What traces a service that is not Next.js. */
export const REGISTER: readonly string[] = ['--import', '@throughline/node/register']
/** Program of Next.js, as the web app has it. */
export const NEXT: string = createRequire(join(EXAMPLES, 'web', 'package.json')).resolve(
  'next/dist/bin/next',
)

/** The running demo. */
export interface Stack extends AsyncDisposable {
  readonly ports: Ports
  /** Path of the catalog that the services run with. */
  readonly catalog: string
  /** Address of the database that the services share. */
  readonly databaseUrl: string
  /** Rejects when a service ends by itself. */
  readonly failed: Promise<never>
}

/** What starting the demo needs. */
export interface StackOptions {
  /** Environment that sends telemetry to the collector. */
  readonly telemetry: Readonly<Record<string, string>>
  readonly record: RunRecord
  readonly talk: Talk
  readonly signal: AbortSignal
  /** Where the services listen, and the catalog that says so. */
  readonly placement: Placement
  /** Gets all that each service writes, as it comes. */
  readonly onOutput?: (service: string, text: string) => void
}

/** Starts the database and every service; on failure stops what was started and rejects. */
export async function startStack({
  telemetry,
  record,
  talk,
  signal,
  placement: { ports, catalog },
  onOutput,
}: StackOptions): Promise<Stack> {
  await using undo = new AsyncDisposableStack()
  talk.say('starting PostgreSQL')
  const database = undo.use(await startDatabase({ folder: join(record.folder, 'database') }))
  await migrate(database.url)

  const services: ServiceProcess[] = []
  const common = {
    ...telemetry,
    THROUGHLINE_CATALOG: catalog,
    DATABASE_URL: database.url,
    // By it the services know each other's calls from those of strangers.
    THROUGHLINE_INTERNAL_SECRET: randomBytes(24).toString('base64url'),
  }
  for (const command of describeServices(ports, common)) {
    signal.throwIfAborted()
    talk.say(`starting ${command.name}`)
    const watched = { ...command, onOutput: (text: string) => onOutput?.(command.name, text) }
    const service = await startService(watched, signal, pid => record.add(pid))
    undo.defer(async () => void (await service.stop()))
    services.push(service)
  }

  const running = undo.move()
  return {
    ports,
    catalog,
    databaseUrl: database.url,
    failed: Promise.race(services.map(service => service.failed)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** How each service is started, in the order in which they need each other. */
function describeServices(
  { services, metrics }: Ports,
  common: Readonly<Record<string, string>>,
): ServiceCommand[] {
  const describe = (
    name: ServiceName,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    readyPath = '/health',
  ): ServiceCommand => ({
    name,
    folder: join(EXAMPLES, name),
    args,
    environment: { ...environment, PORT: String(services[name]) },
    readyUrl: urlOf(services[name]) + readyPath,
  })
  const traced = (name: keyof Ports['metrics']): Record<string, string> => ({
    ...common,
    OTEL_SERVICE_NAME: name,
    THROUGHLINE_METRICS_PORT: String(metrics[name]),
    PAYMENTS_URL: urlOf(services.payments),
  })
  return [
    describe('payments', ['src/main.ts'], {}),
    describe('partner-api', [...REGISTER, 'src/main.ts'], traced('partner-api')),
    describe('report-worker', [...REGISTER, 'src/main.ts'], {
      ...traced('report-worker'),
      REPORT_SECONDS: '2',
    }),
    describe(
      'web',
      [NEXT, 'start', '-H', '127.0.0.1'],
      {
        ...traced('web'),
        NODE_ENV: 'production',
        THROUGHLINE_CONSOLE: 'json',
        PARTNER_API_URL: urlOf(services['partner-api']),
      },
      '/api/health',
    ),
  ]
}
