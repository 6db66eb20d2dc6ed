import type { SpanRecord } from '@throughline/otlp'

const BASE = 1_795_000_000_000_000_000n
let counter = 0

/** A span with sensible values for what is not given; `startMs` and `durationMs` are relative to a fixed instant. */
export function makeSpan(given: Partial<SpanRecord> & { readonly team?: string } = {}): SpanRecord {
  counter += 1
  const { team, startMs = counter, durationMs = 1, attributes = {}, ...rest } = given
  const startUnixNano = BASE + BigInt(Math.round(startMs * 1e6))
  return {
    traceId: 'a'.repeat(32),
    spanId: counter.toString(16).padStart(16, '0'),
    parentSpanId: undefined,
    traceState: '',
    flags: 1,
    name: 'GET /x',
    kind: 'internal',
    startUnixNano,
    endUnixNano: startUnixNano + BigInt(Math.round(durationMs * 1e6)),
    startMs,
    durationMs,
    status: 'unset',
    statusMessage: '',
    attributes: team === undefined ? attributes : { ...attributes, team },
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource: { attributes: {} },
    scope: { name: 'test', version: '' },
    service: 'web',
    ...rest,
  }
}
