import { HTTP_ROUTE_VALUE_UNMATCHED } from '@throughline/conventions'
import type { FinishedRequest } from '../requests/request.ts'
import { writeFlags } from './trace-fields.ts'

/** How much a request deserves to be looked at. */
export type RequestLevel = 'info' | 'warn' | 'error'

/** `error` for a failure of ours, `warn` for a request that was given up before it was answered, else `info`. */
export function levelOf({ status }: FinishedRequest): RequestLevel {
  if (status === undefined) return 'warn'
  return status >= 500 ? 'error' : 'info'
}

/**
 * Gives what writes a request of `service` as a line of JSON, the time in front, its fields always in the same order.
 *
 * Built by hand, since it is done for every request. What cannot hold a character that JSON escapes is taken as it is:
 * methods, ids and reasons come from lists of ours. Of what the caller sent there is nothing: no path, query, header or
 * body. Levels are words, as what stores logs reads them; the numbers of pino are known to pino.
 */
export function createRequestLine(
  service: string,
): (request: FinishedRequest, now: number) => string {
  const before = `","level":"`
  const named = `","msg":"request","service":${JSON.stringify(service)},"method":"`
  const timeOf = createTimeWriter()
  return (request, now) => {
    const { method, route, id, status, durationMs, actor, owner, restarted, span } = request
    const context = span.spanContext()
    const { traceId, spanId } = context
    return (
      `{"time":"${timeOf(now)}${before}${levelOf(request)}${named}${method}"` +
      `,"route":${JSON.stringify(route ?? HTTP_ROUTE_VALUE_UNMATCHED)}` +
      `,"request_id":"${id}"` +
      (status === undefined ? '' : `,"status":${status}`) +
      `,"duration_ms":${Math.round(durationMs * 1000) / 1000}` +
      `,"actor":"${actor}"` +
      (owner.team === undefined ? '' : `,"team":${JSON.stringify(owner.team)}`) +
      (owner.audience === undefined ? '' : `,"audience":"${owner.audience}"`) +
      (restarted === undefined ? '' : `,"trace_restarted":"${restarted}"`) +
      `,"trace_id":"${traceId}","span_id":"${spanId}","trace_flags":"${writeFlags(context)}"}\n`
    )
  }
}

/** ISO 8601, made once a millisecond. */
function createTimeWriter(): (now: number) => string {
  let [last, written] = [Number.NaN, '']
  return now => {
    if (now !== last) [last, written] = [now, new Date(now).toISOString()]
    return written
  }
}
