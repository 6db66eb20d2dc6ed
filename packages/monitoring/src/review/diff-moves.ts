import { ROLES, type Role } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import type { Changed, Move } from './ownership-diff.ts'

/** What is only in one of two lists, sorted. */
export function changed(before: Iterable<string>, after: Iterable<string>): Changed<string> {
  const [old, now] = [new Set(before), new Set(after)]
  return {
    added: [...now].filter(name => !old.has(name)).toSorted(),
    removed: [...old].filter(name => !now.has(name)).toSorted(),
  }
}

/** One thing that a team answers for, and the line that says so. */
interface Held {
  readonly kind: Move['kind']
  readonly what: string
  readonly role: Role | undefined
  readonly team: string
  readonly at: string | undefined
}

/** Everything that another team answers for now. What merely follows from the role of a service is not listed again. */
export function listMoves(before: Ownership, after: Ownership): readonly Move[] {
  const keys = new Map<string, Held>()
  const keyOf = ({ kind, what, role }: Held): string => [kind, what, role].join(' ')
  const old = new Map(listHeld(before).map(held => [keyOf(held), held]))
  const now = new Map(listHeld(after).map(held => [keyOf(held), held]))
  for (const [key, held] of [...old, ...now]) keys.set(key, held)
  return [...keys].flatMap(([key, held]) => {
    const from = old.get(key) ?? inherited(before, held)
    const to = now.get(key) ?? inherited(after, held)
    if (from?.team === to?.team) return []
    const { kind, what, role } = held
    return [
      {
        kind,
        what,
        role,
        from: from?.team,
        to: to?.team,
        decidedBefore: from?.at,
        decidedNow: to?.at,
      },
    ]
  })
}

function listHeld({ catalog, resolver }: Ownership): Held[] {
  const at = (line: number): string => `${catalog.file}:${line}`
  const held: Held[] = [
    {
      kind: 'default',
      what: 'default team',
      role: undefined,
      team: catalog.org.defaultTeam.team,
      at: at(catalog.org.defaultTeam.line),
    },
  ]
  for (const [name, { routes, queues, dependencies }] of catalog.services) {
    for (const role of ROLES) {
      const { team = '', decidedBy } = resolver.role(name, role)
      held.push({ kind: 'role', what: name, role, team, at: decidedBy && at(decidedBy.line) })
    }
    for (const { match, team, line, roles } of routes) {
      const what = `${name} ${match.text}`
      if (team !== undefined)
        held.push({ kind: 'route', what, role: undefined, team, at: at(line) })
      for (const role of ROLES) {
        const own = roles?.[role]
        if (own !== undefined)
          held.push({ kind: 'route', what, role, team: own.team, at: at(own.line) })
      }
    }
    for (const { name: queue, team, line } of queues) {
      held.push({
        kind: 'queue',
        what: `${name} queue ${queue}`,
        role: undefined,
        team,
        at: at(line),
      })
    }
    for (const { host, db = '', team, line } of dependencies) {
      const target = host === undefined ? `db ${db}` : `host ${host}`
      held.push({
        kind: 'dependency',
        what: `${name} ${target}`,
        role: undefined,
        team,
        at: at(line),
      })
    }
  }
  for (const { id, by, line } of catalog.decisions) {
    held.push({ kind: 'decision', what: `decision ${id}`, role: undefined, team: by, at: at(line) })
  }
  return held
}

/** Who answers for a route that a version does not list, or gives no role of its own: nobody, where there is no such service. */
function inherited(
  { catalog, resolver }: Ownership,
  { kind, what, role }: Held,
): { team: string; at: string | undefined } | undefined {
  const [service = '', ...route] = what.split(' ')
  if (kind !== 'route' || !catalog.services.has(service)) return undefined
  const text = route.join(' ')
  const path = text.slice(text.indexOf('/'))
  const method = route.length > 1 ? (route[0] ?? '*') : '*'
  const answer =
    role === undefined
      ? resolver.route(service, method, path)
      : resolver.role(service, role, { method, path })
  const { team, decidedBy } = answer
  return team === undefined
    ? undefined
    : { team, at: decidedBy && `${catalog.file}:${decidedBy.line}` }
}
