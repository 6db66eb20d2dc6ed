import type { RoutePattern, Segment } from '@throughline/catalog'

/**
 * A regular expression (RE2, anchored by Prometheus) for the values of `http_route` that a pattern's path matches.
 *
 * `http_route` is a template, so one segment may be `[id]` or `:id`; a trailing `**` takes the folder itself and all below.
 */
export function routeRegex({ segments }: Pick<RoutePattern, 'segments'>): string {
  const text = segments.map(segmentRegex).join('')
  return text === '' ? '/' : text === REST ? '(?:/.*)?' : text
}

const REST = '(?:/.*)?'

function segmentRegex(segment: Segment): string {
  if (segment.kind === 'literal') return `/${escapeRegex(segment.text)}`
  return segment.kind === 'one' ? '/[^/]+' : REST
}

/** A text that matches only itself. */
export const escapeRegex = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Orders patterns from the most specific path to the least, as the resolver of the catalog does. */
export function bySpecificity(a: RoutePattern, b: RoutePattern): number {
  const length = Math.max(a.segments.length, b.segments.length)
  for (let index = 0; index < length; index++) {
    const difference = rank(a.segments[index]) - rank(b.segments[index])
    if (difference !== 0) return difference
  }
  return 0
}

/** A path that ends here is more specific than one that takes the rest. */
function rank(segment: Segment | undefined): number {
  switch (segment?.kind) {
    case 'literal':
      return 0
    case 'one':
      return 1
    case undefined:
      return 2
    case 'rest':
      return 3
  }
}

/** Whether some path is matched by both. */
export function overlap(a: RoutePattern, b: RoutePattern): boolean {
  for (let index = 0; ; index++) {
    const left = a.segments[index]
    const right = b.segments[index]
    if (left?.kind === 'rest' || right?.kind === 'rest') return true
    if (left === undefined || right === undefined) return left === right
    if (left.kind === 'literal' && right.kind === 'literal' && left.text !== right.text)
      return false
  }
}
