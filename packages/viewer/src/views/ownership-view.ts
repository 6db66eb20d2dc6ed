import type { Catalog } from '@throughline/catalog'
import { HTTP_ROUTE_VALUE_UNMATCHED } from '@throughline/conventions'
import type { OwnershipReport } from '@throughline/monitoring'
import type { OwnershipView, SeenRoute } from '../api/ownership.ts'
import type { CatalogReading } from '../live-catalog.ts'
import type { ServedRoute } from '../store/store.ts'
import { ownerOfRoute } from './route-table.ts'

/** Who owns what, by the catalog as it is now, and what was served that it does not list. */
export async function createOwnershipView(
  catalog: CatalogReading,
  served: () => readonly ServedRoute[],
  today: Date,
): Promise<OwnershipView> {
  if (catalog.state !== 'ready') return catalog
  const report = await reportOn(catalog.catalog, today)
  return { state: 'ready', report, unlistedSeen: listUnlisted(served(), catalog) }
}

async function reportOn(catalog: Catalog, today: Date): Promise<OwnershipReport> {
  // It brings parsers and the like, and most viewers are never asked for this.
  const { compileOwnership, compileRules, createReport } = await import('@throughline/monitoring')
  const ownership = compileOwnership(catalog)
  return createReport(ownership, compileRules(ownership), {
    today: today.toISOString().slice(0, 10),
  })
}

function listUnlisted(
  served: readonly ServedRoute[],
  catalog: CatalogReading,
): readonly SeenRoute[] {
  return served.flatMap(route => {
    // What no route answers cannot be listed.
    if (route.isJob || route.route === HTTP_ROUTE_VALUE_UNMATCHED) return []
    const owner = ownerOfRoute(route, catalog)
    if (owner?.unowned !== 'unlisted') return []
    const { service, method, requests } = route
    return [{ service, method, route: route.route, requests: requests.length, team: owner.team }]
  })
}
