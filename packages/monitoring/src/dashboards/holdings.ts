import { basename } from 'node:path'
import { type Catalog, type Role, ROLES } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'

/** What a team can be to a service. */
export type HoldingKind =
  | Role
  | 'route'
  | 'queue'
  | 'database'
  | 'dependency'
  | 'decision'
  /** The org's default team. */
  | 'lastResort'
  /** A team of the catalog, whatever it holds. */
  | 'team'

/** One thing that a team answers for. */
export interface Holding {
  readonly team: string
  readonly kind: HoldingKind
  /** Services it is about; none where it is about the team itself. */
  readonly services: readonly string[]
  /** What in the catalog says so: `ownership.yaml: web productionFix`. */
  readonly decidedBy: string
}

type NameHolding = (
  kind: HoldingKind,
  services: readonly string[],
  team: string,
  rule: string,
) => Holding

/** All that teams answer for, in the order of services, roles, routes and the rest; the same for the same catalog. */
export function listHoldings({ catalog, resolver }: Ownership): Holding[] {
  const file = basename(catalog.file)
  const name: NameHolding = (kind, services, team, rule) => ({
    kind,
    services,
    team,
    decidedBy: `${file}: ${rule}`,
  })
  const services = listMeasured(catalog)
  const { team: defaultTeam } = catalog.org.defaultTeam
  return [
    ...services.flatMap(service =>
      ROLES.map(role => {
        const { team = defaultTeam, decidedBy } = resolver.role(service, role)
        return name(role, [service], team, decidedBy?.rule ?? 'org.defaultTeam')
      }),
    ),
    ...services.flatMap(service => holdingsWithin(catalog, service, name)),
    ...catalog.decisions.map(({ id, by, revisitWhen }) => {
      const about = [...new Set(revisitWhen.map(({ route }) => route.service))].toSorted()
      return name('decision', about, by, `decision ${id}`)
    }),
    name('lastResort', services, defaultTeam, 'org.defaultTeam'),
    ...[...catalog.teams.keys()].toSorted().map(team => name('team', [], team, `teams.${team}`)),
  ]
}

/** Services that serve metrics of their own, sorted. */
function listMeasured({ services }: Catalog): string[] {
  return [...services.keys()].filter(name => services.get(name)?.kind !== 'external').toSorted()
}

function holdingsWithin({ services }: Catalog, service: string, name: NameHolding): Holding[] {
  const { routes = [], queues = [], dependencies = [] } = services.get(service) ?? {}
  const named = (kind: HoldingKind, team: string, what: string): Holding =>
    name(kind, [service], team, `${service} ${what}`)
  return [
    ...routes.flatMap(({ match, team }) =>
      team === undefined ? [] : [named('route', team, match.text)],
    ),
    ...routes.flatMap(({ match, roles }) =>
      ROLES.flatMap(role => {
        const team = roles?.[role]?.team
        return team === undefined ? [] : [named(role, team, `${match.text} ${role}`)]
      }),
    ),
    ...queues.map(({ team, name: queue }) => named('queue', team, `queue ${queue}`)),
    ...dependencies.map(({ team, host, db }) =>
      db === undefined
        ? named('dependency', team, `host ${host}`)
        : named('database', team, `db ${db}`),
    ),
  ]
}
