import type { RouteRow } from '../../src/api/routes.ts'
import { searchTerm, tracesPath } from '../location/paths.ts'

/** What tells a route from all others. */
export const routeKey = ({ service, method, route, isJob }: RouteRow): string =>
  JSON.stringify([service, isJob, method, route])

/** A route as a person calls it: `POST /api/billing/plan`, `job reports`. */
export const routeTitle = ({ method, route, isJob }: RouteRow): string =>
  isJob ? `job ${route}` : `${method} ${route}`.trim()

/** All traces of a route. */
export function routeTraces({ service, method, route, isJob }: RouteRow): string {
  const terms = [
    searchTerm('route', route),
    ...(isJob || method === '' ? [] : [searchTerm('method', method)]),
    searchTerm('service', service),
  ]
  return tracesPath(terms.join(' '))
}
