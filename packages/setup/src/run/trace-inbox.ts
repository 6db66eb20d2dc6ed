import { setTimeout as delay } from 'node:timers/promises'
import { type LogRecord, type SpanRecord, startReceiver } from '@throughline/otlp'

/** No span has come for so long: the trace is whole. */
const QUIET_MS = 1_000
const POLL_MS = 50

/** Takes what an application sends while it is looked at. */
export interface TraceInbox extends AsyncDisposable {
  /** As `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  readonly endpoint: string
  readonly spans: readonly SpanRecord[]
  readonly logs: readonly LogRecord[]
  /** Waits until a server span that `isWanted` is there and no more spans come, for `waitMs` at most; gives that span. */
  waitFor(
    isWanted: (span: SpanRecord) => boolean,
    waitMs: number,
    signal?: AbortSignal,
  ): Promise<SpanRecord | undefined>
}

/** Starts an inbox at a free port of this machine. */
export async function openInbox(): Promise<TraceInbox> {
  const spans: SpanRecord[] = []
  const logs: LogRecord[] = []
  let lastMs = Date.now()
  const receiver = await startReceiver({
    onTraces(received) {
      spans.push(...received)
      lastMs = Date.now()
    },
    onLogs: received => void logs.push(...received),
  })
  return {
    endpoint: receiver.url,
    spans,
    logs,
    async waitFor(isWanted, waitMs, signal) {
      const deadline = Date.now() + waitMs
      for (;;) {
        const found = spans.find(span => span.kind === 'server' && isWanted(span))
        const isWhole = found !== undefined && Date.now() - lastMs > QUIET_MS
        if (isWhole || Date.now() > deadline) return found
        await delay(POLL_MS, undefined, signal && { signal })
      }
    },
    [Symbol.asyncDispose]: () => receiver.stop(),
  }
}
