import { ROLES, type Route, type Service } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import {
  receiverOf,
  TOLD_SEVERITIES,
  type ToldSeverity,
  UNROUTED,
  WATCHDOG,
} from './receiver-names.ts'

/** What the catalog says of one alert: who must get it. */
export interface RoutingCase {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly receivers: readonly string[]
}

/**
 * A case for each entry of the catalog: every team and severity; every service, role and severity; every route with the roles
 * it names; every queue and dependency; and what no team owns.
 *
 * They follow from the catalog alone, not from the tree that they test.
 */
export function listRoutingCases(ownership: Ownership): readonly RoutingCase[] {
  const { catalog } = ownership
  const services = [...catalog.services].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    ...ownerless(catalog.org.defaultTeam.team),
    ...[...catalog.teams.keys()].toSorted().flatMap(teamCases),
    ...services.flatMap(([name, service]) => [
      ...roleCases(ownership, name),
      ...service.routes.flatMap(route => routeCases(ownership, name, route)),
      ...queueCases(ownership, name, service),
      ...dependencyCases(ownership, name, service),
    ]),
  ]
}

const ownerless = (team: string): RoutingCase[] => [
  {
    name: 'the watchdog',
    labels: { alertname: 'Watchdog', team, severity: 'none' },
    receivers: [WATCHDOG],
  },
  { name: 'an alert that names no team', labels: { severity: 'page' }, receivers: [UNROUTED] },
  {
    name: 'an alert of a team that the catalog does not know',
    labels: { team: 'nobody-we-know', severity: 'page' },
    receivers: [UNROUTED],
  },
]

const teamCases = (team: string): RoutingCase[] => [
  ...TOLD_SEVERITIES.map(severity => caseOf(`team ${team}`, team, severity, {})),
  {
    name: `team ${team}, a severity that is none of ours`,
    labels: { team, severity: 'critical' },
    receivers: [receiverOf(team, 'ticket')],
  },
]

function roleCases({ resolver }: Ownership, service: string): RoutingCase[] {
  return ROLES.flatMap(role => {
    const { team } = resolver.role(service, role)
    return TOLD_SEVERITIES.map(severity =>
      caseOf(`${service} ${role}`, team, severity, { role, service }),
    )
  })
}

/** The team that fixes the route, paged; and each role that the route itself names, as a ticket. */
function routeCases(
  { resolver }: Ownership,
  service: string,
  { match, roles }: Route,
): RoutingCase[] {
  const path = match.text.slice(match.text.indexOf('/'))
  const endpoint = { method: match.method, path }
  const route = { http_request_method: match.method, http_route: path }
  return ROLES.filter(role => role === 'productionFix' || roles?.[role] !== undefined).map(role => {
    const { team } = resolver.role(service, role, endpoint)
    const severity = role === 'productionFix' ? 'page' : 'ticket'
    return caseOf(`${service} ${match.text} ${role}`, team, severity, { role, service, ...route })
  })
}

const queueCases = ({ resolver }: Ownership, service: string, { queues }: Service): RoutingCase[] =>
  queues.map(({ name }) =>
    caseOf(`${service} queue ${name}`, resolver.queue(service, name).team, 'page', {
      role: 'productionFix',
      service,
      queue: name,
    }),
  )

const dependencyCases = (
  { resolver }: Ownership,
  service: string,
  { dependencies }: Service,
): RoutingCase[] =>
  dependencies.flatMap(({ host, db }) => [
    ...(host === undefined
      ? []
      : [
          caseOf(`${service} host ${host}`, resolver.host(service, host).team, 'ticket', {
            role: 'productionFix',
            service,
            server_address: host,
          }),
        ]),
    ...(db === undefined
      ? []
      : [
          caseOf(`${service} db ${db}`, resolver.database(service, db).team, 'ticket', {
            role: 'data',
            service,
            db_namespace: db,
          }),
        ]),
  ])

function caseOf(
  name: string,
  team: string | undefined,
  severity: ToldSeverity,
  labels: Readonly<Record<string, string>>,
): RoutingCase {
  return {
    name: `${name}, ${severity}`,
    labels: { team: team ?? '', severity, ...labels },
    receivers: [team === undefined ? UNROUTED : receiverOf(team, severity)],
  }
}
