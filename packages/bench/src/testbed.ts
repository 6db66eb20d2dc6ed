import { startTestDatabase } from '@throughline-example/database'
import { pinMeasured, pinThisProcess, MEASURED_CORE } from './pinning.ts'
import { ENVIRONMENT, SERVICE, type Variant } from './variants.ts'
import { startWorker, type WorkerProcess } from './worker-process.ts'

/** Everything around the measured service: real PostgreSQL, the service it fetches from, a collector. */
export interface Testbed extends AsyncDisposable {
  /** Whether the measured service has a core of its own. */
  readonly pinned: boolean
  /** Where database and called service are, for a service that is not one of the variants. */
  readonly environment: Readonly<Record<string, string>>
  /** Gives a process the core of the measured service, where there is one. */
  pin(pid: number): void
  start(variant: Variant): Promise<WorkerProcess<{ url: string }, Usage>>
  /** Spans that the collector has got so far. */
  countSpans(): Promise<number>
}

/** What a process has used since its start. */
export interface Usage {
  readonly cpuMicros: number
  readonly rssBytes: number
}

/**
 * Starts the surroundings. Where the system can pin (Linux with taskset, two cores), the measured service gets core 0,
 * and everything else core 1, this process included.
 */
export async function startTestbed(): Promise<Testbed> {
  await using undo = new AsyncDisposableStack()
  const pinned = pinThisProcess()
  const database = undo.use(await startTestDatabase())
  const neighbours = undo.use(
    await startWorker<{ collector: string; stub: string }, { spans: number }>({
      args: [new URL('apps/neighbours.mjs', import.meta.url).pathname],
    }),
  )
  const running = undo.move()
  const environment = { DATABASE_URL: database.url, STUB_URL: neighbours.ready.stub }
  return {
    pinned,
    environment,
    pin: pid => void (pinned && pinMeasured(pid)),
    start: ({ imports }) =>
      startWorker({
        args: [...imports.flatMap(name => ['--import', name]), SERVICE],
        environment: {
          ...ENVIRONMENT,
          ...environment,
          OTEL_EXPORTER_OTLP_ENDPOINT: neighbours.ready.collector,
        },
        core: pinned ? MEASURED_CORE : undefined,
      }),
    countSpans: async () => (await neighbours.ask()).spans,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
