import { listServices } from '../alerts/families/service-scope.ts'
import type { Ownership } from '../ownership.ts'
import { partitionRoutes } from '../partition/partition-routes.ts'
import type { RouteSelector } from '../partition/route-selector.ts'
import { shareRoutes } from '../partition/shares.ts'

/** Requests that a team fixes in production, as selectors by service; sorted by service. */
export type TeamRoutes = ReadonlyMap<string, readonly RouteSelector[]>

/** The requests of each team: those of its routes, and what nobody listed of the services that it runs. */
export function listTeamRoutes(ownership: Ownership): ReadonlyMap<string, TeamRoutes> {
  const teams = new Map<string, Map<string, readonly RouteSelector[]>>()
  for (const scope of listServices(ownership)) {
    const { listed, remainder } = shareRoutes(ownership, scope, {
      role: 'productionFix',
      inherit: false,
      keyOf: () => '',
    })
    for (const { team, selectors } of [...listed, remainder]) {
      const routes = teams.get(team) ?? new Map<string, readonly RouteSelector[]>()
      routes.set(scope.name, [...(routes.get(scope.name) ?? []), ...selectors])
      teams.set(team, routes)
    }
  }
  return teams
}

/** Requests of each service that no line of the catalog lists, sorted by service. */
export function listUnlistedRoutes(ownership: Ownership): TeamRoutes {
  return new Map(
    listServices(ownership).map(({ name, service }) => {
      const listed = service.routes.map(({ match }) => ({ pattern: match, group: 'listed' }))
      return [name, partitionRoutes(listed).remainder] as const
    }),
  )
}
