import { HEADER_TRACEPARENT, HEADER_TRACESTATE } from '@throughline/conventions'

/**
 * Takes the trace headers out of what an application sends to a host that is told of its trace.
 *
 * An application that passes on the headers of its own caller would else send them beside ours, and with two there is no
 * trace; or the state of a stranger beside our trace.
 */
export function dropPassedOn(headers: unknown): void {
  if (Array.isArray(headers)) dropFromPairs(headers)
  else if (typeof headers === 'object' && headers !== null) dropFromObject(headers)
}

function dropFromPairs(headers: unknown[]): void {
  for (let at = headers.length - 2; at >= 0; at -= 2)
    if (isTraceHeader(headers[at])) headers.splice(at, 2)
}

function dropFromObject(headers: object): void {
  for (const name in headers) if (isTraceHeader(name)) Reflect.deleteProperty(headers, name)
}

/** By its length first: of most names nothing more is looked at. */
const isTraceHeader = (name: unknown): boolean =>
  typeof name === 'string' &&
  ((name.length === HEADER_TRACEPARENT.length && name.toLowerCase() === HEADER_TRACEPARENT) ||
    (name.length === HEADER_TRACESTATE.length && name.toLowerCase() === HEADER_TRACESTATE))
