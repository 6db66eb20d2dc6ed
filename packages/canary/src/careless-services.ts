import { join } from 'node:path'
import { findFreePort } from '@throughline-example/database'
import { EXAMPLES, NEXT, REGISTER } from '../../../examples/demo/src/stack.ts'
import {
  startService,
  type ServiceCommand,
  type ServiceProcess,
} from '../../../examples/demo/src/service-process.ts'
import { buildWeb } from '../../../examples/demo/src/web-build.ts'

const FOLDER = join(import.meta.dirname, '..')

/** The two careless applications. Disposing stops them. */
export interface CarelessServices extends AsyncDisposable {
  readonly apiUrl: string
  readonly webUrl: string
  readonly metricsUrls: readonly string[]
}

/** What they run with. */
export interface CarelessOptions {
  readonly environment: Readonly<Record<string, string>>
  readonly onOutput: (service: string, text: string) => void
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** Builds what has to be built and starts both; rejects with the last output of the one that does not start. */
export async function startCareless({
  environment,
  onOutput,
  say,
  signal,
}: CarelessOptions): Promise<CarelessServices> {
  await using undo = new AsyncDisposableStack()
  const webFolder = join(FOLDER, 'web')
  const inputs = [join(EXAMPLES, '../packages/next/dist')]
  await buildWeb({ webFolder, inputs, say, signal })
  const metricsUrls: string[] = []

  const start = async (
    name: string,
    command: Pick<ServiceCommand, 'folder' | 'args'>,
    readyPath: string,
  ): Promise<string> => {
    const [port, metricsPort] = [await findFreePort(), await findFreePort()]
    const url = `http://127.0.0.1:${port}`
    say(`starting ${name}`)
    const service: ServiceProcess = await startService(
      {
        ...command,
        name,
        environment: {
          ...environment,
          OTEL_SERVICE_NAME: name,
          THROUGHLINE_CATALOG: join(FOLDER, 'ownership.yaml'),
          THROUGHLINE_CONSOLE: 'json',
          NODE_ENV: 'production',
          PORT: String(port),
          THROUGHLINE_METRICS_PORT: String(metricsPort),
        },
        readyUrl: url + readyPath,
        onOutput: text => onOutput(name, text),
      },
      signal,
    )
    undo.defer(async () => void (await service.stop()))
    metricsUrls.push(`http://127.0.0.1:${metricsPort}/metrics`)
    return url
  }

  const apiUrl = await start(
    'careless-api',
    { folder: FOLDER, args: [...REGISTER, 'src/careless/api.ts'] },
    '/health',
  )
  const webUrl = await start(
    'careless-web',
    { folder: webFolder, args: [NEXT, 'start', '-H', '127.0.0.1'] },
    '/api/careless',
  )
  const running = undo.move()
  return { apiUrl, webUrl, metricsUrls, [Symbol.asyncDispose]: () => running.disposeAsync() }
}
