import { parseRoutePattern, type RoutePattern, type Segment } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import type { CodeRoute } from './routes-in-code/code-route.ts'

/** A route of the code as the list of accepted ones names it: `web GET /legacy/[id]`. */
export const nameOf = ({ service, pattern }: CodeRoute): string =>
  `${service} ${pattern.method} ${pathOf(pattern)}`

/** The path of a pattern as it was written. */
export const pathOf = ({ text }: RoutePattern): string => text.slice(text.indexOf('/'))

/** Whether a line of the catalog lists a route: it names a team, or says that the route has none by design. */
export function isListed(
  { service, pattern }: CodeRoute,
  { ownership }: { readonly ownership: Ownership },
): boolean {
  const { unowned } = ownership.resolver.route(service, pattern.method, pathOf(pattern))
  return unowned !== 'unlisted'
}

/** Reads the target of an exception from `route-unowned`: `web /legacy/**`. */
export function parseTarget(
  target: string,
): { readonly service: string; readonly pattern: RoutePattern } | undefined {
  const [, service = '', route = ''] = /^(\S+) (.+)$/.exec(target) ?? []
  const pattern = parseRoutePattern(route)
  return pattern === undefined ? undefined : { service, pattern }
}

/** Whether every request of one pattern also matches another. */
export function covers(wide: RoutePattern, narrow: RoutePattern): boolean {
  return coversMethod(wide.method, narrow.method) && coversPath(wide.segments, narrow.segments)
}

/** A route for any method is matched by a line for one of them, as by the resolver. */
const coversMethod = (wide: string, narrow: string): boolean =>
  wide === '*' || narrow === '*' || wide === narrow || (wide === 'GET' && narrow === 'HEAD')

function coversPath(wide: readonly Segment[], narrow: readonly Segment[]): boolean {
  for (let index = 0; ; index++) {
    const asked = wide[index]
    const given = narrow[index]
    if (asked?.kind === 'rest') return true
    if (asked === undefined || given === undefined) return asked === given
    if (given.kind === 'rest') return false
    const isWord = asked.kind === 'literal'
    if (isWord && (given.kind !== 'literal' || given.text !== asked.text)) return false
  }
}
