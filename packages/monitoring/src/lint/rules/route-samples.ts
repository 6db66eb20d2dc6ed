import type { Route } from '@throughline/catalog'
import type { Ownership } from '../../ownership.ts'

/** A route of the catalog, and a template of a request that it decides. */
export interface RouteExample {
  readonly route: Route
  readonly method: string
  readonly path: string
}

/** For each route of a service, requests as the label `http_route` would name them; none that a more specific line decides. */
export function sampleRoutes(service: string, { catalog, resolver }: Ownership): RouteExample[] {
  return (catalog.services.get(service)?.routes ?? []).flatMap(route => {
    const method = route.match.method === '*' ? 'GET' : route.match.method
    return templatesOf(route).flatMap(path => {
      const { decidedBy } = resolver.route(service, method, path)
      const isDecided = decidedBy?.line === route.line && decidedBy.rule === route.match.text
      return isDecided ? [{ route, method, path }] : []
    })
  })
}

function templatesOf({ match: { segments } }: Route): string[] {
  const path = segments
    .filter(({ kind }) => kind !== 'rest')
    .map(segment => (segment.kind === 'literal' ? `/${segment.text}` : '/[id]'))
    .join('')
  return segments.at(-1)?.kind === 'rest' ? [path || '/', `${path}/[...rest]`] : [path || '/']
}
