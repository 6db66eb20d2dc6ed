import type { LogRecord } from '@throughline/otlp'
import type { ReadLog } from './reading.ts'
import type { TraceLayout } from './trace-layout.ts'

/** The logs of a trace by time, each at its span, and on the clock of the trace as that is. */
export function placeLogs(logs: readonly LogRecord[], { spans, msOf }: TraceLayout): ReadLog[] {
  const places = new Map<string, number>()
  if (logs.length > 0)
    for (const [place, { span }] of spans.entries())
      for (const key of [span.spanId, keyOf(span)]) if (!places.has(key)) places.set(key, place)
  return logs
    .map((log): ReadLog => {
      const { spanId } = log
      const span =
        spanId === undefined
          ? undefined
          : (places.get(keyOf({ spanId, service: log.service })) ?? places.get(spanId))
      const skewMs = span === undefined ? 0 : (spans[span]?.skewMs ?? 0)
      return { log, span, atMs: msOf(timeOfLog(log)) + skewMs }
    })
    .toSorted((a, b) => a.atMs - b.atMs)
}

/** A call and its answer may have one id between them: of these it is that of the service that wrote the record. */
const keyOf = ({
  spanId,
  service,
}: {
  readonly spanId: string
  readonly service: string
}): string => `${spanId} ${service}`

/** When it was written, else when it was seen. */
export function timeOfLog({ timeUnixNano, observedTimeUnixNano }: LogRecord): bigint {
  return timeUnixNano > 0n ? timeUnixNano : observedTimeUnixNano
}
