import type { SpanRecord } from '@throughline/otlp'
import { createClockNames, isOfBrowser } from './span-clock.ts'
import { isFailed } from './span-failure.ts'
import { listInOrder, type LinkedSpans } from './linked-spans.ts'

/** What was added to the clock of a service. */
export interface Skew {
  /** Place in {@link LinkedSpans.spans} of the first span that was moved. */
  readonly place: number
  readonly service: string
  readonly skewMs: number
}

/** When spans ran, on one clock. All lists are by place in {@link LinkedSpans.spans}. */
export interface CorrectedTimes {
  /** Milliseconds from the first start; never negative. */
  readonly startMs: Float64Array
  readonly durationMs: Float64Array
  /** What was added to the span's own clock. */
  readonly skewMs: Float64Array
  /** Nanoseconds since 1970, to which {@link originMs} adds up to the instant at which `startMs` is 0. */
  readonly baseUnixNano: bigint
  readonly originMs: number
  /** What is worth a word: one a service. */
  readonly skews: readonly Skew[]
}

/** A disagreement below this is corrected by itself and without a word: few clocks agree better. */
const LEAST_TOLD_MS = 1

/** How long after its caller has the answer a server may end its span, by clocks that agree. */
const LATE_END_MS = 10

/**
 * Puts the times of all spans on the clock of the first root, as Jaeger does: where a span by another clock than its
 * parent's begins before it, or ends after a call that waited for it, it is moved into the middle of its parent where
 * that is long enough, else to its start, and with it what is below it by the same clock.
 *
 * Never moved are messages that are worked on (nobody waits for them), what a browser tells, and spans by one clock: what
 * is not waited for may outlive its parent. What a clock was once moved by is tried first, so a service that is called
 * twice keeps its own order.
 */
export function correctTimes(linked: LinkedSpans): CorrectedTimes {
  const { spans, parents } = linked
  const order = [...listInOrder(linked.roots, linked), ...listInOrder(linked.orphans, linked)]
  const base = spans.find(hasStart)?.startUnixNano ?? 0n
  const startMs = Float64Array.from(spans, span => Number(span.startUnixNano - base) / 1e6)
  const durationMs = Float64Array.from(spans, span => Math.max(0, span.durationMs) || 0)
  const skewMs = new Float64Array(spans.length)
  const clockOf = createClockNames()
  const first = spans[order[0] ?? 0]
  const reference = first === undefined ? undefined : clockOf(first)
  /** What clocks were moved by. */
  const known = new Map<string, number>()
  if (reference !== undefined) known.set(reference, 0)
  const skews = new Map<string, Skew>()
  const stretchOf = (place: number, skew: number): Ran => ({
    startMs: (startMs[place] ?? 0) + skew,
    durationMs: durationMs[place] ?? 0,
  })

  for (const place of order) {
    const span = spans[place]
    if (span === undefined) continue
    const parentPlace = parents[place]
    const parent = parentPlace === undefined ? undefined : spans[parentPlace]
    const clock = clockOf(span)
    let skew = known.get(clock) ?? 0
    if (parentPlace === undefined || parent === undefined) {
      if (!hasStart(span)) skew = -(startMs[place] ?? 0)
    } else if (!hasStart(span)) {
      skew = (startMs[parentPlace] ?? 0) - (startMs[place] ?? 0)
    } else if (clock === clockOf(parent)) {
      if (hasStart(parent)) skew = skewMs[parentPlace] ?? 0
    } else if (showsClock(span, parent)) {
      const rest = findMisfit(
        stretchOf(place, skew),
        stretchOf(parentPlace, 0),
        waits(parent, span),
      )
      if (clock !== reference) skew += rest
      if (!known.has(clock)) known.set(clock, skew)
      if (Math.abs(skew) >= LEAST_TOLD_MS && !skews.has(span.service))
        skews.set(span.service, { place, service: span.service, skewMs: skew })
    }
    startMs[place] = (startMs[place] ?? 0) + skew
    skewMs[place] = skew
  }

  const originMs = startMs.reduce((least, start) => Math.min(least, start), startMs[0] ?? 0)
  return {
    startMs: startMs.map(start => start - originMs),
    durationMs,
    skewMs,
    baseUnixNano: base,
    originMs,
    skews: [...skews.values()],
  }
}

/** When something ran, in milliseconds. */
interface Ran {
  readonly startMs: number
  readonly durationMs: number
}

/** How far a child has to be moved to lie within its parent; 0 where it does. */
function findMisfit(child: Ran, parent: Ran, waited: boolean): number {
  const early = parent.startMs - child.startMs
  const room = parent.durationMs - child.durationMs
  const late = -early - room
  if (early <= 0) return waited && room >= 0 && late > LATE_END_MS ? early + room / 2 : 0
  return early < LEAST_TOLD_MS || room < 0 ? early : early + room / 2
}

/** An SDK that was told no start sends 0. */
const hasStart = ({ startUnixNano }: SpanRecord): boolean => startUnixNano > 0n

const showsClock = (span: SpanRecord, parent: SpanRecord): boolean =>
  span.kind !== 'consumer' && parent.kind !== 'producer' && !isOfBrowser(span)

/** Whether the parent waited for the end of the child. Who gave up on a call did not. */
const waits = (parent: SpanRecord, child: SpanRecord): boolean =>
  parent.kind === 'client' && child.kind === 'server' && !isFailed(parent)
