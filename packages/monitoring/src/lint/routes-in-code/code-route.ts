import { parseRoutePattern, type Problem, type RoutePattern } from '@throughline/catalog'

/** A route that the code of a service serves. */
export interface CodeRoute {
  readonly service: string
  /** Its text is the method and the path as the framework writes it: `GET /invoices/[id]`, `GET /v1/invoices/:id`. */
  readonly pattern: RoutePattern
  /** Where it is in the code, as `file` or `file:line`. */
  readonly at: string
}

/** What is known of the routes in code. */
export interface RoutesInCode {
  readonly routes: readonly CodeRoute[]
  /** Services whose list of routes is whole: only against these is the catalog held. */
  readonly complete: ReadonlySet<string>
  /** Places at which a route could not be read, and services of which nothing could. */
  readonly gaps: readonly Problem[]
}

/** Routes of one service as they were found in its sources. */
export interface FoundRoutes {
  readonly routes: readonly CodeRoute[]
  readonly gaps: readonly Problem[]
}

/** A route, unless its path or method is none that the catalog could list. */
export function createCodeRoute(
  service: string,
  method: string,
  path: string,
  at: string,
): CodeRoute | undefined {
  const pattern = parseRoutePattern(`${method} ${path}`)
  return pattern === undefined ? undefined : { service, pattern, at }
}

/** What to do about a route that cannot be read from the sources. */
export const GIVE_LIST =
  'write the path as a plain text, or give the list that the running app prints: throughline owners lint --routes routes.json'
