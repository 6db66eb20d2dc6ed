import { type Problem, type Role, ROLES, type Service } from '@throughline/catalog'
import type { LintRule } from '../finding.ts'
import type { LintContext } from '../lint-context.ts'
import { textOf } from '../located-yaml.ts'
import { count, listFew, quote } from '../wording.ts'
import { linePlace } from './catalog-place.ts'

/** The questions that every service must answer for itself; other roles may well be one team's for all services. */
const OWN_ROLES: Partial<Record<Role, string>> = {
  productionFix: 'who fixes it in production',
  schemaApproval: 'who approves changes of its schemas',
  authReview: 'who reviews changes of who may do what',
  performance: 'who watches how fast it is',
  productNotice: 'who tells product that a change can ship',
}

/** Channels that an alert of a severity is meant for. What is only worth knowing may be told anywhere. */
const CHANNELS = {
  page: ['page'],
  ticket: ['ticket'],
  notice: ['notice', 'ticket', 'people'],
} as const

/** Rules on who is named for what. */
export const CATALOG_ROLE_RULES: readonly LintRule<LintContext>[] = [
  { id: 'role-unnamed', level: 'error', find: context => unnamedRoles(context, isImportant) },
  {
    id: 'role-unnamed-minor',
    level: 'warning',
    find: context => unnamedRoles(context, (service, role) => !isImportant(service, role)),
  },
  { id: 'team-channel-missing', level: 'error', find: missingChannels },
  {
    id: 'owner-is-person',
    level: 'error',
    find: ({ catalog }) =>
      [...catalog.teams].flatMap(([id, { github, line }]) => {
        if (github === undefined || github.includes('/')) return []
        const meant = `@${catalog.org.github ?? 'acme'}/${id}`
        return [
          {
            at: linePlace(catalog, line),
            message: `team ${quote(id)} is ${quote(github)} on GitHub, which is a person or an organisation`,
            fix: `write the team: "${meant}"`,
          },
        ]
      }),
  },
]

/** A service that matters, and in any the role that is woken. */
const isImportant = ({ criticality }: Service, role: Role): boolean =>
  role === 'productionFix' || criticality === 'critical' || criticality === 'high'

function unnamedRoles(
  { catalog, ownership: { resolver } }: LintContext,
  applies: (service: Service, role: Role) => boolean,
): Problem[] {
  return [...catalog.services].flatMap(([name, service]) => {
    if (service.kind === 'external') return []
    return ROLES.flatMap(role => {
      const question = OWN_ROLES[role]
      const { team, decidedBy } = resolver.role(name, role)
      if (question === undefined || !applies(service, role)) return []
      if (decidedBy?.rule !== 'org.defaultTeam') return []
      return [
        {
          at: linePlace(catalog, service.line),
          message: `service ${quote(name)} does not say ${question}: ${role} falls to the default team ${quote(team ?? '')}`,
          fix: `add ${role}: and a team to its roles`,
        },
      ]
    })
  })
}

/** Teams that alerts are sent to, and that have no channel for them. */
function missingChannels({ catalog, alerts }: LintContext): Problem[] {
  return [...catalog.teams].flatMap(([id, team]) =>
    Object.entries(CHANNELS).flatMap(([severity, channels]) => {
      if (channels.some(channel => team.channels?.[channel] !== undefined)) return []
      const [channel] = channels
      const names = alerts
        .filter(({ labels }) => textOf(labels.get('team')) === id)
        .filter(({ labels }) => textOf(labels.get('severity')) === severity)
        .map(({ name }) => name)
      if (names.length === 0) return []
      const distinct = [...new Set(names)].toSorted()
      return [
        {
          at: linePlace(catalog, team.channels?.line ?? team.line),
          message: `team ${quote(id)} gets ${count(names.length, 'alert')} of severity ${severity} (${listFew(distinct)}) and has no channel ${quote(channel)}`,
          fix: `add ${channel}: to its channels, or give what it owns to a team that has one`,
        },
      ]
    }),
  )
}
