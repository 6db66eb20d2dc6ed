import type { DatabaseSync } from 'node:sqlite'
import {
  ATTR_ERROR_TYPE,
  ATTR_SERVICE_INSTANCE_ID,
  METRIC_THROUGHLINE_SPANS_DROPPED,
} from '@throughline/conventions'
import { toMilliseconds, type MetricPoint } from '@throughline/otlp'
import type { DroppedSpans } from '@throughline/trace'

/** Metrics that say that spans are lost, with the attribute that says why. */
const REASONS: ReadonlyMap<string, string> = new Map([
  [METRIC_THROUGHLINE_SPANS_DROPPED.name, 'reason'],
  ['throughline.spans.dropped', 'reason'],
  // Those of OpenTelemetry's SDKs count what went well, too, and then have no error.
  ['otel.sdk.processor.span.processed', ATTR_ERROR_TYPE],
  ['otel.sdk.exporter.span.exported', ATTR_ERROR_TYPE],
])

/** Most counters that are kept; the one that was silent for longest goes. */
const MOST_COUNTERS = 1000
const MOST_CHARACTERS = 200

/** What one point says of lost spans. */
export interface Loss {
  readonly service: string
  readonly instance: string
  readonly metric: string
  readonly reason: string
  readonly spans: number
  /** Whether they come on top of what was said before. */
  readonly isMore: boolean
  readonly atMs: number
}

/** What a point says of lost spans; undefined where it says nothing. */
export function lossOf(point: MetricPoint): Loss | undefined {
  const { metric, value = 0, service, attributes, resource } = point
  const attribute = REASONS.get(metric)
  const reason = attribute === undefined ? undefined : attributes[attribute]
  if (typeof reason !== 'string' || reason === '' || !(value > 0)) return undefined
  const instance = resource.attributes[ATTR_SERVICE_INSTANCE_ID]
  return {
    service: service.slice(0, MOST_CHARACTERS),
    instance: typeof instance === 'string' ? instance.slice(0, MOST_CHARACTERS) : '',
    metric,
    reason: reason.slice(0, MOST_CHARACTERS),
    spans: value,
    isMore: point.temporality === 'delta',
    atMs: toMilliseconds(point.timeUnixNano),
  }
}

/** Gives what keeps losses. A counter that falls began anew, as after a restart. */
export function createDropCounters(database: DatabaseSync): (loss: Loss) => void {
  const select = database.prepare(
    'SELECT spans, last FROM dropped WHERE service = ? AND instance = ? AND metric = ? AND reason = ?',
  )
  const write = database.prepare('INSERT OR REPLACE INTO dropped VALUES (?, ?, ?, ?, ?, ?, ?)')
  const trim = database.prepare(
    `DELETE FROM dropped WHERE (service, instance, metric, reason) IN (
       SELECT service, instance, metric, reason FROM dropped ORDER BY at_ms DESC LIMIT -1 OFFSET ${MOST_COUNTERS})`,
  )
  return ({ service, instance, metric, reason, spans, isMore, atMs }) => {
    const known = select.get(service, instance, metric, reason)
    const last = Number(known?.['last'] ?? 0)
    const before = Number(known?.['spans'] ?? 0) + (isMore || spans < last ? last : 0)
    write.run(service, instance, metric, reason, before, spans, atMs)
    if (known === undefined) trim.run()
  }
}

/** Lost spans by service and reason. A service that says it by two metrics is believed the one that says more. */
export function readDropped(database: DatabaseSync): DroppedSpans[] {
  return database
    .prepare(
      `SELECT service, reason, max(spans) AS spans, max(at_ms) AS atMs FROM (
         SELECT service, reason, sum(spans + last) AS spans, max(at_ms) AS at_ms FROM dropped GROUP BY service, reason, metric)
       GROUP BY service, reason ORDER BY service, reason`,
    )
    .all()
    .map(row => ({ ...row }) as unknown as DroppedSpans)
}
