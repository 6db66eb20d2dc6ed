import { isOfBrowser } from './span-clock.ts'
import { childrenOf, type PlacedSpan } from './trace-layout.ts'

/**
 * Places of the spans right below one that it may have waited for, by start. Nobody waits for a job that is worked on; and
 * the load of a page is below the request for it, but it is the browser who waits for that.
 */
export function awaitedChildren(place: number, spans: readonly PlacedSpan[]): number[] {
  const parent = spans[place]?.span
  if (parent === undefined) return []
  const inBrowser = isOfBrowser(parent)
  return [...childrenOf(place, spans)].filter(at => {
    const child = spans[at]?.span
    return child !== undefined && child.kind !== 'consumer' && (inBrowser || !isOfBrowser(child))
  })
}
