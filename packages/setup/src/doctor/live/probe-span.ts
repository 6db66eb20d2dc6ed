import { randomBytes } from 'node:crypto'
import { encodeTraces, type SpanRecord } from '@throughline/otlp'

/** A span that is sent to see whether spans arrive. */
export interface ProbeSpan {
  readonly traceId: string
  /** A request of OTLP in JSON. */
  readonly body: string
}

/** Name of the service that it is of, so that it is told apart. */
const PROBE_SERVICE = 'throughline-doctor'

/** Makes a span that is a trace by itself. */
export function createProbeSpan(): ProbeSpan {
  const traceId = randomBytes(16).toString('hex')
  const now = BigInt(Date.now()) * 1_000_000n
  const span: SpanRecord = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    parentSpanId: undefined,
    traceState: '',
    flags: 1,
    name: 'throughline doctor',
    kind: 'internal',
    startUnixNano: now,
    endUnixNano: now + 1_000_000n,
    startMs: Number(now / 1_000_000n),
    durationMs: 1,
    status: 'unset',
    statusMessage: '',
    attributes: {},
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource: { attributes: { 'service.name': PROBE_SERVICE } },
    scope: { name: PROBE_SERVICE, version: '' },
    service: PROBE_SERVICE,
  }
  return { traceId, body: encodeTraces([span]) }
}
