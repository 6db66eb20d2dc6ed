import type { TracerProvider } from '@opentelemetry/sdk-trace'
import type { ErrorTracker } from '../errors/error-tracker.ts'
import type { Logs } from '../logs/logs.ts'
import { flushBeforeEnd, within } from '../shutdown.ts'
import { SHUTDOWN_DEADLINE_MS } from '../telemetry.ts'
import { sendAtExit } from './exit-export.ts'
import type { SpanPipeline } from './span-pipeline.ts'

/** Everything that sends. */
export interface Senders {
  readonly pipeline: SpanPipeline
  readonly provider: TracerProvider
  readonly logs: Logs
  readonly errors: ErrorTracker
}

/** Sends what is finished; each within {@link SHUTDOWN_DEADLINE_MS}, and neither rejects. */
export interface LastSending {
  flush(): Promise<void>
  /** Sends for the last time. */
  stop(): Promise<void>
}

/** Sends what is finished when it is asked to, and when the process is told to end or ends by itself. */
export function sendBeforeEnd({ pipeline, provider, logs, errors }: Senders): LastSending {
  const send = (): Promise<unknown> =>
    Promise.all([logs.flush(), pipeline.flush(), errors.flush(SHUTDOWN_DEADLINE_MS)])
  const hurry = (): void => {
    pipeline.limitAttempts(SHUTDOWN_DEADLINE_MS)
    logs.limitAttempts(SHUTDOWN_DEADLINE_MS)
  }
  const stopWaiting = flushBeforeEnd(
    {
      flush: () => {
        hurry()
        return send()
      },
      flushAtExit(deadlineMs) {
        const from = performance.now()
        // Lines are written in no time, unless their reader is stuck.
        logs.writeAtExit(deadlineMs / 4)
        const letters = [...pipeline.takeRest(), ...logs.takeRest()]
        sendAtExit(letters, deadlineMs - (performance.now() - from))
      },
    },
    SHUTDOWN_DEADLINE_MS,
  )
  return {
    flush: () => within(SHUTDOWN_DEADLINE_MS, send()),
    async stop() {
      stopWaiting()
      hurry()
      await within(
        SHUTDOWN_DEADLINE_MS,
        Promise.all([logs.flush(), provider.shutdown(), errors.stop(SHUTDOWN_DEADLINE_MS)]),
      )
      logs.stop()
    },
  }
}
