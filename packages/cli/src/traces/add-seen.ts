import type { TraceReading } from '@throughline/trace'
import type { SeenTrace } from './found-trace.ts'

/**
 * The reading with what the viewer knows besides: its gaps, which other traces and metrics prove too, and its teams where no catalog
 * here names one.
 */
export function addSeen(reading: TraceReading, seen: SeenTrace): TraceReading {
  const teams = new Map(seen.spans.map(({ spanId, team }) => [spanId, team]))
  const places = new Map(reading.spans.map(({ span }, place) => [span.spanId, place]))
  const placeOf = (place: number | undefined): number | undefined => {
    const spanId = place === undefined ? undefined : seen.spans[place]?.spanId
    // Ids may be double: the same place comes first.
    if (place === undefined || reading.spans[place]?.span.spanId === spanId) return place
    return spanId === undefined ? undefined : places.get(spanId)
  }
  const spans = reading.spans.map(each => {
    const team = teams.get(each.span.spanId)
    const isKnown = each.owner !== undefined || team === undefined
    return isKnown ? each : { ...each, owner: { team, decidedBy: undefined } }
  })
  const { failure } = reading
  return {
    ...reading,
    spans,
    gaps: seen.gaps.map(gap => ({ ...gap, span: placeOf(gap.span) })),
    teams: [...new Set(spans.flatMap(({ owner }) => owner?.team ?? []))],
    failure: failure && { ...failure, owner: failure.owner ?? spans[failure.span]?.owner },
  }
}
