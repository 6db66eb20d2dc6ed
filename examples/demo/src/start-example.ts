import { join } from 'node:path'
import { findFreePort } from '@throughline-example/database'
import { EXAMPLES, REGISTER } from './stack.ts'
import { startService, type Ending } from './service-process.ts'

/** One example to start for a test. */
export interface ExampleOptions {
  readonly name: string
  /** Arguments of node. @default those of a service that is traced by `register` */
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** @default '/health' */
  readonly readyPath?: string
}

/** A running example. */
export interface RunningExample extends AsyncDisposable {
  readonly url: string
  readonly metricsUrl: string
  /** Its last lines. */
  output(): string
  /** Tells it to end, and gives how it did. */
  stop(): Promise<Ending>
}

/** Starts one example on free ports, with the owners of all; rejects with its last output when it does not get ready. */
export async function startExample({
  name,
  args = [...REGISTER, 'src/main.ts'],
  environment = {},
  readyPath = '/health',
}: ExampleOptions): Promise<RunningExample> {
  const [port, metricsPort] = [await findFreePort(), await findFreePort()]
  const url = `http://127.0.0.1:${port}`
  const service = await startService(
    {
      name,
      folder: join(EXAMPLES, name),
      args,
      environment: {
        OTEL_SERVICE_NAME: name,
        THROUGHLINE_CATALOG: join(EXAMPLES, 'ownership.yaml'),
        ...environment,
        PORT: String(port),
        THROUGHLINE_METRICS_PORT: String(metricsPort),
      },
      readyUrl: url + readyPath,
    },
    new AbortController().signal,
  )
  return {
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    output: () => service.recentOutput(),
    stop: () => service.stop(),
    [Symbol.asyncDispose]: async () => void (await service.stop()),
  }
}
