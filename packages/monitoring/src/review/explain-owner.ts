import { METHODS, nearest, type Parsed, type Role, ROLES } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import type { ToldSeverity } from '../routing/receiver-names.ts'
import { reachOf } from './alert-destination.ts'
import type { Reach } from './ownership-report.ts'
import { wordObjective } from './report-wording.ts'

/** Who answers for a request, or has a role for it, and which line of the catalog says so. */
export interface OwnerExplanation {
  readonly schema: 1
  readonly service: string
  readonly method: string
  readonly path: string
  /** The role that was asked for; `productionFix` where none was. */
  readonly role: Role
  readonly team: string
  readonly teamName: string
  readonly lead: string | undefined
  readonly github: string | undefined
  /** Where to talk to the team. */
  readonly people: string | undefined
  readonly reaches: Readonly<Record<ToldSeverity, Reach>>
  readonly decidedBy: ExplainedLine
  /** `listed`: a line gives the route to a team; else it falls to the service's team. */
  readonly ownership: 'listed' | 'by-design' | 'unlisted'
  readonly audience: string | undefined
  readonly work: string | undefined
  /** What the route promises. */
  readonly objective: string | undefined
  readonly roles: readonly {
    readonly role: Role
    readonly team: string
    readonly decidedBy: ExplainedLine
  }[]
}

export interface ExplainedLine {
  /** `ownership.yaml:86`. */
  readonly at: string
  /** What stands there: `POST /api/billing/*`, `web productionFix`, `org.defaultTeam`. */
  readonly rule: string
}

/** What is asked. */
export interface OwnerQuestion {
  readonly service: string
  /** Upper case; `*` is any. */
  readonly method: string
  /** A path, or a template in any framework's notation. */
  readonly path: string
  readonly role?: Role
}

/** Explains who owns a request. A service that is not in the catalog is a problem, and so is a method that is none. */
export function explainOwner(
  ownership: Ownership,
  question: OwnerQuestion,
): Parsed<OwnerExplanation> {
  const { catalog, resolver } = ownership
  const { service, method, path, role = 'productionFix' } = question
  if (!catalog.services.has(service)) {
    return refuse(catalog.file, 'service', service, [...catalog.services.keys()])
  }
  if (method !== '*' && !(METHODS as readonly string[]).includes(method)) {
    return refuse(catalog.file, 'method', method, METHODS)
  }
  const route = resolver.route(service, method, path)
  const line = (by: { line: number; rule: string } | undefined): ExplainedLine => ({
    at: `${catalog.file}:${by?.line ?? catalog.org.defaultTeam.line}`,
    rule: by?.rule ?? 'org.defaultTeam',
  })
  const roles = ROLES.map(name => {
    const { team = '', decidedBy } = resolver.role(service, name, { method, path })
    return { role: name, team, decidedBy: line(decidedBy) }
  })
  const held = roles.find(({ role: name }) => name === role)
  // Who a route belongs to is said by its own line, also where no team is named on purpose.
  const answer =
    question.role === undefined
      ? { team: route.team ?? '', decidedBy: line(route.decidedBy) }
      : { team: held?.team ?? '', decidedBy: held?.decidedBy ?? line(undefined) }
  const { name = answer.team, lead, github, channels } = catalog.teams.get(answer.team) ?? {}
  const objective = resolver.objective(service, method, path)
  return {
    ok: true,
    value: {
      schema: 1,
      service,
      method,
      path,
      role,
      ...answer,
      teamName: name,
      lead,
      github,
      people: channels?.people,
      reaches: {
        page: reachOf(ownership, answer.team, 'page'),
        ticket: reachOf(ownership, answer.team, 'ticket'),
        notice: reachOf(ownership, answer.team, 'notice'),
      },
      ownership: route.unowned ?? 'listed',
      audience: route.audience,
      work: route.work,
      objective: objective && wordObjective(objective),
      roles,
    },
  }
}

function refuse(
  file: string,
  noun: string,
  given: string,
  known: readonly string[],
): Parsed<never> {
  const near = nearest(given, known)
  const fix = near === undefined ? `name one of: ${known.join(', ')}` : `name ${near}`
  return {
    ok: false,
    problems: [
      { at: file, message: `${noun} ${JSON.stringify(given)} is not in the catalog`, fix },
    ],
  }
}
