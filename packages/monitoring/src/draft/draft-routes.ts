import type { Audience, RoutePattern } from '@throughline/catalog'
import type { SketchedRoute } from '../imports/catalog-sketch.ts'
import { pathOf } from '../lint/route-listing.ts'
import type { CodeRoute } from '../lint/routes-in-code/code-route.ts'

/** Lists each route once, in the order of paths; `teamOf` says whose the file is that serves it. */
export function draftRoutes(
  routes: readonly CodeRoute[],
  teamOf: (file: string) => string,
): SketchedRoute[] {
  const distinct = new Map<string, CodeRoute>()
  for (const route of routes) {
    const key = keyOf(route.pattern)
    if (!distinct.has(key)) distinct.set(key, route)
  }
  return [...distinct.values()].toSorted(inOrder).map(({ pattern, at }) => ({
    match: pattern.method === '*' ? pathOf(pattern) : pattern.text,
    team: teamOf(at.replace(/:\d+$/, '')),
    ...audienceOf(pattern, at),
  }))
}

/** Equal for two patterns that match the same requests, of which a catalog lists one. */
const keyOf = ({ method, segments }: RoutePattern): string => JSON.stringify([method, segments])

const inOrder = (a: CodeRoute, b: CodeRoute): number =>
  compare(pathOf(a.pattern), pathOf(b.pattern)) || compare(a.pattern.method, b.pattern.method)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A page is for browsers, unless its address says that it may be for few of them. */
function audienceOf(
  pattern: RoutePattern,
  at: string,
): { readonly audience: Audience | undefined; readonly doubts: readonly string[] } {
  const words = pathOf(pattern).toLowerCase().split('/')
  const narrow = (['admin', 'internal', 'partner', 'partners'] as const).find(word =>
    words.includes(word),
  )
  if (narrow !== undefined) {
    const audience = narrow === 'partners' ? 'partner' : narrow
    return { audience: undefined, doubts: [`whether its audience is ${audience}`] }
  }
  return { audience: isPage(pattern, at) ? 'browser' : undefined, doubts: [] }
}

/** Whether a file of Next.js shows a page. */
const isPage = (pattern: RoutePattern, at: string): boolean =>
  /(^|\/)app\/(.*\/)?page\.([jt]sx?|mdx?)$/.test(at) ||
  (/(^|\/)pages\/.+\.([jt]sx?|mdx?)$/.test(at) && !/^\/api(\/|$)/.test(pathOf(pattern)))
