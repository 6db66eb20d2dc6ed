import type { Resolver, Role, Route, Service } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import { type GroupedPattern, partitionRoutes } from './partition-routes.ts'
import { routeRegex } from './route-regex.ts'
import type { RouteSelector } from './route-selector.ts'
import { sampleRoute, type RouteSample } from './route-sample.ts'

/** A service of the catalog and its name. */
export interface NamedService {
  readonly name: string
  readonly service: Service
}

/** The requests of a service for which one team has a role. */
export interface RouteShare {
  readonly team: string
  /** Key that told its routes from others of the team, such as an objective. */
  readonly key: string
  readonly selectors: readonly RouteSelector[]
  /** What in the catalog named the team: matches of routes, or the service's role. */
  readonly decidedBy: readonly string[]
  /** A request that is in it. */
  readonly sample: RouteSample
}

/** How the requests of a service are told apart. */
export interface ShareOptions {
  readonly role: Role
  /** Key of a route's share within its team; a route without one is in none. */
  readonly keyOf: (route: Route) => string | undefined
  /** Whether routes that name no team of their own are parted like others; else they stay in the remainder. */
  readonly inherit: boolean
  /**
   * Given where the series say no method: of which methods they are (`*` is any). A path is then one share's, by what is
   * listed for such methods, or for others where nothing is; the remainder's, where that is several shares'.
   */
  readonly isOf?: (method: string) => boolean
}

const SEPARATOR = '\n'

/**
 * The shares of a service's requests: one for each team and key, and the remainder, which belongs to the team that has the
 * role for the whole service.
 */
export function shareRoutes(
  { catalog, resolver }: Ownership,
  { name, service }: NamedService,
  { role, keyOf, inherit, isOf }: ShareOptions,
): { readonly listed: readonly RouteShare[]; readonly remainder: RouteShare } {
  const holder = resolver.role(name, role)
  const serviceTeam = holder.team ?? catalog.org.defaultTeam.team
  const apart = service.routes.map((route): GroupedPattern => {
    const team = teamOf(route, role) ?? (inherit ? serviceTeam : undefined)
    const key = keyOf(route)
    const group = team === undefined || key === undefined ? undefined : `${team}${SEPARATOR}${key}`
    return { pattern: route.match, group }
  })
  const grouped = isOf === undefined ? apart : joinMethods(apart, isOf)
  const { groups, remainder } = partitionRoutes(grouped)
  const listed = [...groups].flatMap(([group, selectors]): RouteShare[] => {
    const [team = '', key = ''] = group.split(SEPARATOR)
    const matches = grouped.flatMap(item => (item.group === group ? [item.pattern] : []))
    const sample = sampleRoute(matches, selectors)
    // Other routes take all of its requests: no rule about them could ever fire.
    if (sample === undefined) return []
    const decidedBy = matches.map(({ text }) => `${name} ${text}`)
    return [{ team, key, selectors, decidedBy, sample }]
  })
  return {
    listed,
    remainder: {
      team: serviceTeam,
      key: '',
      selectors: remainder,
      decidedBy: [holder.decidedBy?.rule ?? 'org.defaultTeam'],
      sample: { method: 'GET', route: 'unmatched' },
    },
  }
}

/** The same patterns for any method; each path is in the group of those that count, or in none where they differ. */
function joinMethods(
  patterns: readonly GroupedPattern[],
  isOf: (method: string) => boolean,
): GroupedPattern[] {
  const paths = Map.groupBy(patterns, ({ pattern }) => routeRegex(pattern))
  return [...paths.values()].flatMap(same => {
    const asked = same.filter(({ pattern }) => isOf(pattern.method))
    const deciding = asked.length > 0 ? asked : same
    const [first, ...others] = new Set(deciding.map(({ group }) => group))
    const group = others.length === 0 ? first : undefined
    return deciding.map(({ pattern }) => ({ pattern: { ...pattern, method: '*' }, group }))
  })
}

/** The team that a route itself names for a role: its own team fixes it in production. */
function teamOf(route: Route, role: Role): string | undefined {
  return route.roles?.[role]?.team ?? (role === 'productionFix' ? route.team : undefined)
}

/** Name of the team that has a role for a whole service, and what in the catalog says so. */
export function holderOf(
  resolver: Resolver,
  service: string,
  role: Role,
): { readonly team: string; readonly decidedBy: string } {
  const { team = '', decidedBy } = resolver.role(service, role)
  return { team, decidedBy: decidedBy?.rule ?? 'org.defaultTeam' }
}
