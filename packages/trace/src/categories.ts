import { ATTR_THROUGHLINE_NEXT_KIND } from '@throughline/conventions'
import type { SpanCategory } from './reading.ts'
import { categoryOf } from './span-category.ts'
import type { Surroundings } from './surroundings.ts'
import { childrenOf, type PlacedSpan } from './trace-layout.ts'

/** The category of each span, by place; with what stands below it, which says more than a span can by itself. */
export function findCategories(
  spans: readonly PlacedSpan[],
  surroundings: Surroundings,
): SpanCategory[] {
  const categories = spans.map(({ span }) => categoryOf(span, surroundings))
  return categories.map((category, place) => {
    const kind = spans[place]?.span.kind
    if (kind === 'server') return categoryOfNextRequest(place, spans, categories) ?? category
    return category === 'external' && hasAnswerBelow(place, spans) ? 'call' : category
  })
}

/** A request of Next.js is what Next.js did for it. */
function categoryOfNextRequest(
  place: number,
  spans: readonly PlacedSpan[],
  categories: readonly SpanCategory[],
): SpanCategory | undefined {
  let found: SpanCategory | undefined
  for (const child of childrenOf(place, spans)) {
    if (spans[child]?.span.attributes[ATTR_THROUGHLINE_NEXT_KIND] === undefined) continue
    const category = categories[child]
    if (category === 'handler' || category === 'page') return category
    // An action is sent to the page that it is on.
    if (category === 'action') found = 'page'
  }
  return found
}

function hasAnswerBelow(place: number, spans: readonly PlacedSpan[]): boolean {
  for (const child of childrenOf(place, spans)) {
    const kind = spans[child]?.span.kind
    if (kind === 'server' || kind === 'consumer') return true
  }
  return false
}
