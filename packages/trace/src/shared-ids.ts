import type { SpanRecord } from '@throughline/otlp'

/** A call and its answer that have one id between them; places are in the spans that they were found in. */
export interface SharedId {
  readonly client: number
  readonly server: number
}

/**
 * Ids that a call and its answer share, as Zipkin lets them: exactly two spans, a client and a server of different
 * services, with one parent. `doubled` are the ids that more than one span has.
 */
export function findSharedIds(
  spans: readonly SpanRecord[],
  doubled: ReadonlySet<string>,
): ReadonlyMap<string, SharedId> {
  const shared = new Map<string, SharedId>()
  if (doubled.size === 0) return shared
  const places = Map.groupBy(spans.keys(), place => spans[place]?.spanId ?? '')
  for (const spanId of doubled) {
    const [first, second, ...others] = places.get(spanId) ?? []
    if (first === undefined || second === undefined || others.length > 0) continue
    const [client, server] = spans[first]?.kind === 'client' ? [first, second] : [second, first]
    if (isCallOf(spans[client], spans[server])) shared.set(spanId, { client, server })
  }
  return shared
}

function isCallOf(client: SpanRecord | undefined, server: SpanRecord | undefined): boolean {
  return (
    client?.kind === 'client' &&
    server?.kind === 'server' &&
    client.service !== server.service &&
    client.parentSpanId === server.parentSpanId
  )
}
