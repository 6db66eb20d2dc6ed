import { databaseSystemOf, hostAndPortOf } from './span-attributes.ts'
import type { Surroundings } from './surroundings.ts'
import type { PlacedSpan } from './trace-layout.ts'

/**
 * The service that each outgoing call reaches, by place: that of the span which answers it, right below or below the call
 * within the call; else the one that the catalog has at its host. Undefined where neither knows, and for all other spans.
 */
export function findCalledServices(
  spans: readonly PlacedSpan[],
  { ownership }: Surroundings,
): (string | undefined)[] {
  const answering = findAnswering(spans)
  return spans.map(({ span: { kind, attributes } }, place) => {
    if (kind !== 'client' || databaseSystemOf(attributes) !== undefined) return undefined
    const host = hostAndPortOf(attributes)
    return (
      answering.get(place) ??
      (host === undefined ? undefined : ownership?.resolver.serviceByHost(host))
    )
  })
}

/** The service whose span is below a call, by the place of the call. */
function findAnswering(spans: readonly PlacedSpan[]): ReadonlyMap<number, string> {
  const answering = new Map<number, string>()
  for (let place = spans.length - 1; place >= 0; place--) {
    const placed = spans[place]
    if (placed?.parent === undefined) continue
    const { kind, service } = placed.span
    const name = kind === 'server' ? service : kind === 'client' ? answering.get(place) : undefined
    if (name !== undefined) answering.set(placed.parent, name)
  }
  return answering
}
