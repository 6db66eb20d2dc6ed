import { startReceiver } from '@throughline/otlp'
import { createTraceLog, type TraceLog } from './trace-log.ts'

/** An OTLP collector that keeps what it gets. */
export interface Collector extends Omit<TraceLog, 'addSpans' | 'addLogs'>, AsyncDisposable {
  readonly url: string
  /** Environment that makes a process send here, soon after each span ends. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** Options of {@link startCollector}. */
export interface CollectorOptions {
  /** @default 0, any free port */
  readonly port?: number
}

/** Starts a collector on the loopback address. Rejects when the port cannot be had. */
export async function startCollector({ port = 0 }: CollectorOptions = {}): Promise<Collector> {
  const { addSpans, addLogs, ...log } = createTraceLog()
  const receiver = await startReceiver({ port, onTraces: addSpans, onLogs: addLogs })
  return {
    ...log,
    url: receiver.url,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    stop: () => receiver.stop(),
    [Symbol.asyncDispose]: () => receiver.stop(),
  }
}
