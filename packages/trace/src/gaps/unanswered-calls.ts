import type { ReadSpan } from '../reading.ts'
import { statusCodeOf } from '../span-attributes.ts'
import type { SpanRecord } from '@throughline/otlp'
import { calleeOf, type Callee } from './callee.ts'
import type { GapSubject } from './gap-subject.ts'
import { isWithheld } from './header-withheld.ts'

/** A call that was told the trace and answered, and has no span of the one who answered. */
export interface UnansweredCall {
  readonly place: number
  readonly span: SpanRecord
  readonly callee: Callee
}

/** The first such call of each service to each host. A call that nobody answered reached nobody who could tell of it. */
export function findUnansweredCalls({ spans, surroundings }: GapSubject): UnansweredCall[] {
  const linked = new Set(
    (surroundings.links ?? []).flatMap(({ heldBy, spanId }) =>
      heldBy === 'other' ? [spanId] : [],
    ),
  )
  const continued = findContinued(spans)
  const seen = new Set<string>()
  return spans.flatMap((read, place): UnansweredCall[] => {
    const { span, failed } = read
    if (span.kind !== 'client' || isWithheld(span) || linked.has(span.spanId)) return []
    const callee = calleeOf(read, surroundings)
    if (callee === undefined || continued.has(place)) return []
    if (failed && statusCodeOf(span.attributes) === undefined) return []
    const key = `${span.service} ${callee.hostAndPort}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ place, span, callee }]
  })
}

/** Places of the spans that somebody else's part of the trace follows: right below, or below the call within a call. */
export function findContinued(spans: readonly ReadSpan[]): ReadonlySet<number> {
  const continued = new Set<number>()
  for (let place = spans.length - 1; place >= 0; place--) {
    const read = spans[place]
    if (read?.parent === undefined) continue
    const { kind } = read.span
    const goesOn = kind === 'server' || kind === 'consumer'
    if (goesOn || (kind === 'client' && continued.has(place))) continued.add(read.parent)
  }
  return continued
}

/** Services that are known to send spans of what they serve: in this trace, or ever. */
export function findServing({ spans, surroundings }: GapSubject): ReadonlySet<string> {
  const known = surroundings.services ?? []
  return new Set([
    ...known.flatMap(({ name, serves }) => (serves ? [name] : [])),
    ...spans.flatMap(({ span }) => (span.kind === 'server' ? [span.service] : [])),
  ])
}
