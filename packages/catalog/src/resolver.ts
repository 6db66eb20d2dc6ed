import { basename } from 'node:path'
import type { Catalog, Dependency, Queue, Route, Service } from './catalog.ts'
import { createHostTable, type HostTable } from './host-table.ts'
import type { DecidedBy, DecidedObjective, Owner, Resolver, RoleHolder } from './owner.ts'
import { rememberTemplates } from './route-memo.ts'
import { createRouteTable, type RouteTable } from './route-table.ts'
import { type Role, ROLES } from './vocabulary.ts'

/** A route with all that can be asked about it. */
interface RouteAnswers {
  /** The only path that leads here, when the rule has no wildcard. */
  readonly path: string | undefined
  readonly owner: Owner
  readonly objective: DecidedObjective | undefined
  readonly roles: ReadonlyMap<Role, RoleHolder>
}

interface ServiceAnswers {
  /** For what the service does not list. */
  readonly owner: Owner
  readonly roles: ReadonlyMap<Role, RoleHolder>
  readonly routes: RouteTable<RouteAnswers>
  readonly hosts: HostTable<Owner>
  readonly databases: ReadonlyMap<string, Owner>
  readonly queues: ReadonlyMap<string, Owner>
}

type Line = (line: number, rule: string) => DecidedBy

/** Compiles a catalog once, so that each question is one look-up. */
export function createResolver(catalog: Catalog): Resolver {
  const file = basename(catalog.file)
  const line: Line = (number, rule) => ({ file, line: number, at: `${file}:${number}`, rule })
  const { defaultTeam } = catalog.org
  const lastResort: RoleHolder = {
    team: defaultTeam.team,
    decidedBy: line(defaultTeam.line, 'org.defaultTeam'),
  }
  const unknown = unlisted(lastResort)

  const services = new Map(
    [...catalog.services].map(
      ([name, service]) => [name, compile(name, service, lastResort, line)] as const,
    ),
  )
  const ownerOfService = (name: string): Owner => services.get(name)?.owner ?? unknown

  const hosts = createHostTable(
    [...catalog.services].flatMap(([name, service]) =>
      service.hosts.map(
        host => [host, { name, owner: listed(services.get(name)?.owner ?? unknown) }] as const,
      ),
    ),
  )
  const queues = new Map<string, Owner>()
  for (const service of services.values()) {
    for (const [name, owner] of service.queues) if (!queues.has(name)) queues.set(name, owner)
  }
  const routeOf = (service: string, method: string, path: string): RouteAnswers | undefined =>
    services.get(service)?.routes.find(method, path)

  return {
    route: (service, method, path) =>
      routeOf(service, method, path)?.owner ?? ownerOfService(service),
    host: (service, host) =>
      services.get(service)?.hosts.find(host) ?? hosts.find(host)?.owner ?? ownerOfService(service),
    database(service, name) {
      const { databases } = services.get(service) ?? {}
      // pg-boss and the conventions write `database|schema`.
      return (
        databases?.get(name) ??
        databases?.get(name.split('|', 1)[0] ?? name) ??
        ownerOfService(service)
      )
    },
    queue(service, queue) {
      const own = service === undefined ? undefined : services.get(service)?.queues.get(queue)
      return own ?? queues.get(queue) ?? (service === undefined ? unknown : ownerOfService(service))
    },
    role(service, role, endpoint) {
      const route = endpoint && routeOf(service, endpoint.method, endpoint.path)
      return route?.roles.get(role) ?? services.get(service)?.roles.get(role) ?? lastResort
    },
    objective: (service, method, path) => routeOf(service, method, path)?.objective,
    serviceByHost: host => hosts.find(host)?.name,
  }
}

function compile(
  name: string,
  service: Service,
  lastResort: RoleHolder,
  line: Line,
): ServiceAnswers {
  const roles = holders(service.roles, name, line)
  const fallback = roles.get('productionFix') ?? lastResort
  return {
    owner: unlisted(fallback),
    roles,
    routes: rememberTemplates(
      createRouteTable(
        service.routes.map(route => [route.match, compileRoute(route, fallback, line)]),
      ),
      answers => answers.path,
    ),
    hosts: createHostTable(
      service.dependencies.flatMap(dependency => dependencyOwner(dependency, 'host', line)),
    ),
    databases: new Map(
      service.dependencies.flatMap(dependency => dependencyOwner(dependency, 'db', line)),
    ),
    queues: new Map(service.queues.map(queue => [queue.name, queueOwner(queue, line)])),
  }
}

function compileRoute(route: Route, fallback: RoleHolder, line: Line): RouteAnswers {
  const { match, team, unowned, audience, work, objective } = route
  const decidedBy = line(route.line, match.text)
  const roles = new Map(holders(route.roles, match.text, line))
  if (team !== undefined && !roles.has('productionFix'))
    roles.set('productionFix', { team, decidedBy })
  const { segments, text } = match
  return {
    path: segments.every(({ kind }) => kind === 'literal')
      ? text.slice(text.indexOf('/'))
      : undefined,
    owner: { team: team ?? fallback.team, audience, work: work ?? 'request', unowned, decidedBy },
    objective: objective && {
      availability: objective.availability,
      latency: objective.latency,
      decidedBy: line(objective.line, match.text),
    },
    roles,
  }
}

function holders(roles: Service['roles'], of: string, line: Line): ReadonlyMap<Role, RoleHolder> {
  const held = new Map<Role, RoleHolder>()
  for (const role of ROLES) {
    const assignment = roles?.[role]
    if (assignment === undefined) continue
    held.set(role, { team: assignment.team, decidedBy: line(assignment.line, `${of} ${role}`) })
  }
  return held
}

function dependencyOwner(
  dependency: Dependency,
  key: 'host' | 'db',
  line: Line,
): (readonly [string, Owner])[] {
  const target = dependency[key]
  if (target === undefined) return []
  const decidedBy = line(dependency.line, `${key} ${target}`)
  return [
    [
      target,
      {
        team: dependency.team,
        audience: undefined,
        work: undefined,
        unowned: undefined,
        decidedBy,
      },
    ],
  ]
}

function queueOwner(queue: Queue, line: Line): Owner {
  const decidedBy = line(queue.line, `queue ${queue.name}`)
  return {
    team: queue.team,
    audience: undefined,
    work: queue.work ?? 'job',
    unowned: undefined,
    decidedBy,
  }
}

function unlisted({ team, decidedBy }: RoleHolder): Owner {
  return { team, audience: undefined, work: undefined, unowned: 'unlisted', decidedBy }
}

/** The owner of a service as the owner of its hosts, which the catalog does list. */
const listed = (owner: Owner): Owner => ({ ...owner, unowned: undefined })
