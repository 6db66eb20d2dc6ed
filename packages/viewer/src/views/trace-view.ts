import type { ReadLog, ReadSpan, TraceReading } from '@throughline/trace'
import type { AttributeValue } from '@throughline/otlp'
import type { ConfiguredLinks } from '../api/meta.ts'
import type { FailureView, LogRow, SpanRow, TraceView } from '../api/trace.ts'
import type { CatalogReading } from '../live-catalog.ts'
import { linksTo } from './trace-links.ts'

/** One trace, ready to be drawn. */
export function createTraceView(
  reading: TraceReading,
  catalog: CatalogReading,
  links: ConfiguredLinks,
): TraceView {
  const { traceId, title, outcome, failed, startUnixMs, durationMs, services, teams, gaps } =
    reading
  return {
    traceId,
    title,
    outcome,
    failed,
    startUnixMs,
    durationMs,
    services,
    teams,
    failure: failureOf(reading, catalog),
    spans: reading.spans.map(rowOf),
    logs: reading.logs.map(logOf),
    gaps,
    links: linksTo(traceId, links),
  }
}

function failureOf({ failure }: TraceReading, catalog: CatalogReading): FailureView | undefined {
  if (failure === undefined) return undefined
  const team = failure.owner?.team
  const channels =
    team !== undefined && catalog.state === 'ready'
      ? catalog.catalog.teams.get(team)?.channels
      : undefined
  return {
    span: failure.span,
    sentence: failure.sentence,
    team,
    decidedBy: failure.owner?.decidedBy?.at,
    page: channels?.page,
    people: channels?.people,
  }
}

function rowOf({ span, owner, ...read }: ReadSpan): SpanRow {
  return {
    spanId: span.spanId,
    parent: read.parent,
    depth: read.depth,
    descendants: read.descendants,
    service: span.service,
    title: read.title,
    category: read.category,
    team: owner?.team,
    startMs: read.startMs,
    durationMs: read.durationMs,
    selfMs: read.selfMs,
    skewMs: read.skewMs,
    critical: read.critical,
    failed: read.failed,
    failure: read.failure,
  }
}

function logOf({ log, span, atMs }: ReadLog): LogRow {
  return {
    span,
    atMs,
    timeUnixMs: Number((log.timeUnixNano || log.observedTimeUnixNano) / 1000n) / 1000,
    service: log.service,
    severityNumber: log.severityNumber,
    severityText: log.severityText,
    body: textOf(log.body),
    attributes: log.attributes,
  }
}

const textOf = (body: AttributeValue): string =>
  typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body)
