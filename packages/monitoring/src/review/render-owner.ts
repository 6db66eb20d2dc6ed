import type { OwnerExplanation } from './explain-owner.ts'
import type { Reach } from './ownership-report.ts'

/** Who answers for a request, as text for a terminal: the answer first, then why, then the rest. */
export function renderOwner(found: OwnerExplanation): string {
  const { service, method, path, role, team, teamName, decidedBy, ownership } = found
  const request = `${service} ${method === '*' ? '' : `${method} `}${path}`
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['decided by', `${decidedBy.at}  ${decidedBy.rule}`],
    ['audience', found.audience],
    ['work', found.work],
    ['promises', found.objective],
    ['lead', found.lead],
    ['github', found.github],
    ['talk to it', found.people],
    ['pages', wordReach(team, found.reaches.page)],
    ['tickets', wordReach(team, found.reaches.ticket)],
    ['notices', wordReach(team, found.reaches.notice)],
  ]
  const roles = found.roles.map(
    ({ role: name, team: holder, decidedBy: { at, rule } }) =>
      `  ${name.padEnd(15)}${holder.padEnd(14)} ${at}  ${rule}`,
  )
  return [
    `${request}: ${team}${teamName.toLowerCase() === team ? '' : ` (${teamName})`}${role === 'productionFix' ? '' : `, for ${role}`}`,
    ...(ownership === 'unlisted'
      ? [`No route of ${service} matches: the team of the service answers for it.`]
      : []),
    ...(ownership === 'by-design'
      ? ['No team lists it, by design: the team of the service answers for it.']
      : []),
    '',
    ...facts.flatMap(([name, value]) =>
      value === undefined ? [] : [`  ${name.padEnd(12)} ${value}`],
    ),
    '',
    'roles',
    ...roles,
    '',
  ].join('\n')
}

function wordReach(team: string, { channel, channelTeam }: Reach): string {
  if (channel === undefined) return 'nobody'
  return channelTeam === team ? channel : `${channel}, of ${channelTeam}`
}
