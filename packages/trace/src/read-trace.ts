import type { LogRecord, SpanRecord } from '@throughline/otlp'
import { findCalledServices } from './called-service.ts'
import { findCategories } from './categories.ts'
import { findCriticalPath } from './critical-path.ts'
import { findFailure } from './failure.ts'
import { findGaps } from './gaps/find-gaps.ts'
import { placeLogs } from './placed-logs.ts'
import type { ReadSpan, TraceReading } from './reading.ts'
import { findSelfTimes } from './self-time.ts'
import { statusCodeOf } from './span-attributes.ts'
import { failureOf, isFailed } from './span-failure.ts'
import { ownerOf } from './span-owner.ts'
import { titleWith } from './span-title.ts'
import type { Surroundings } from './surroundings.ts'
import { layOut, type TraceLayout } from './trace-layout.ts'

/**
 * Reads one trace: what each span is and whose, when it ran and what waited for it, what went wrong, and why a part is
 * missing.
 *
 * Never throws, whatever the spans say: one that was sent twice counts once, parents that are missing or go in a circle
 * leave a span at the top, and each such thing is a gap. Spans and logs of other traces are for the caller to leave out.
 * Without spans the reading is empty.
 */
export function readTrace(
  spans: readonly SpanRecord[],
  logs: readonly LogRecord[],
  surroundings: Surroundings = {},
): TraceReading {
  const layout = layOut(spans)
  const called = findCalledServices(layout.spans, surroundings)
  const read = readSpans(layout, called, surroundings)
  const root = read[0]
  const failure = findFailure(read, called)
  const gaps = findGaps({ layout, spans: read, surroundings })
  return {
    traceId: root?.span.traceId ?? logs[0]?.traceId ?? '',
    title: root?.title ?? '(no spans)',
    outcome: outcomeOf(root),
    failed: failure !== undefined,
    startUnixMs: layout.startUnixMs,
    durationMs: read.reduce((end, span) => Math.max(end, span.startMs + span.durationMs), 0),
    spans: read,
    logs: placeLogs(logs, layout),
    gaps,
    services: [...new Set(read.map(({ span }) => span.service))],
    teams: [...new Set(read.flatMap(({ owner }) => owner?.team ?? []))],
    failure,
  }
}

function readSpans(
  { spans }: TraceLayout,
  called: readonly (string | undefined)[],
  surroundings: Surroundings,
): ReadSpan[] {
  const categories = findCategories(spans, surroundings)
  const selfTimes = findSelfTimes(spans)
  const critical = findCriticalPath(spans, 0)
  return spans.map((placed, place) => ({
    ...placed,
    category: categories[place] ?? 'internal',
    title: titleWith(placed.span, called[place]),
    owner: ownerOf(placed.span, surroundings),
    selfMs: selfTimes[place] ?? 0,
    critical: critical[place] ?? [],
    failed: isFailed(placed.span),
    failure: failureOf(placed.span),
  }))
}

function outcomeOf(root: ReadSpan | undefined): string {
  if (root === undefined) return 'ok'
  return String(statusCodeOf(root.span.attributes) ?? (root.failed ? 'error' : 'ok'))
}
