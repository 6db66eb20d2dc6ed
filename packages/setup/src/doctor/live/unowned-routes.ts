import type { Catalog, Parsed } from '@throughline/catalog'
import {
  ATTR_THROUGHLINE_OWNER_UNOWNED,
  THROUGHLINE_OWNER_UNOWNED_VALUE_UNLISTED,
} from '@throughline/conventions'
import { methodOf, routeOf, type TraceReading } from '@throughline/trace'
import type { App } from '../../project/project.ts'
import type { Finding } from '../finding.ts'

/** Routes of an application that served a request and that no line of the catalog lists. Without a catalog none is. */
export function findUnownedRoutes(
  app: App,
  { spans }: TraceReading,
  catalog: Parsed<Catalog> | undefined,
): readonly Finding[] {
  if (catalog?.ok !== true) return []
  const routes = spans
    .map(({ span }) => span)
    .filter(
      ({ kind, service, attributes }) =>
        kind === 'server' &&
        service === app.service &&
        attributes[ATTR_THROUGHLINE_OWNER_UNOWNED] === THROUGHLINE_OWNER_UNOWNED_VALUE_UNLISTED,
    )
    .flatMap(({ attributes }) => {
      const route = routeOf(attributes)
      return route === undefined ? [] : [`${methodOf(attributes) ?? 'GET'} ${route}`]
    })
  return [...new Set(routes)].map(route => ({
    code: 'ROUTE_UNOWNED',
    level: 'warning',
    service: app.service,
    at: undefined,
    what: `no line of ownership.yaml lists ${route} of ${app.service}`,
    why: "its errors and its latency are nobody's, and alerts about it go to the default team",
    fix: `add { match: "${route}", team: … } to services.${app.service}.routes`,
  }))
}
