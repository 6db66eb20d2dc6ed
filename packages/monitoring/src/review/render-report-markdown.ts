import { linkTo } from './html.ts'
import { code, escapeMarkdown as text, table } from '../markdown.ts'
import type { OwnershipReport, Reach } from './ownership-report.ts'
import { listDecisions } from './report-decisions.ts'
import { counted, ROLE_WORDS, wordReview } from './report-wording.ts'

/** A report as Markdown of GitHub: the same parts as the page, in the same order. */
export function renderReportMarkdown(report: OwnershipReport): string {
  const { on, catalog, sentence } = report
  return [
    `# Ownership on ${on}`,
    '',
    `${text(sentence)} From ${code(catalog)}.`,
    ...decisions(report),
    ...roles(report),
    ...teams(report),
    ...alerts(report),
    ...routes(report),
    ...reviews(report),
    '',
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]

function decisions(report: OwnershipReport): string[] {
  const found = listDecisions(report)
  if (found.length === 0) return section('To decide', ['Nothing needs a decision.'])
  return section(
    'To decide',
    table(
      ['state', 'what', 'waits for', 'settled by'],
      found.map(({ state, what, team, mend }) => [
        `**${text(state)}**`,
        text(what),
        code(team),
        code(mend),
      ]),
    ),
  )
}

function roles({ services }: OwnershipReport): string[] {
  return section(
    'Who does what',
    table(
      ['service', ...Object.values(ROLE_WORDS)],
      services.map(({ name, roles: held }) => [
        code(name),
        ...held.map(({ team, decidedBy, byDefault }) =>
          byDefault
            ? `${code(team)} by default`
            : `${code(team)} line ${decidedBy.split(':').at(-1)}`,
        ),
      ]),
    ),
  )
}

function teams({ teams: all }: OwnershipReport): string[] {
  const reach = (team: string, { channel, channelTeam }: Reach): string => {
    if (channel === undefined) return '**nobody**'
    return channelTeam === team ? code(channel) : `${code(channel)} of ${code(channelTeam ?? '')}`
  }
  return section(
    'Teams',
    table(
      [
        'team',
        'lead',
        'talk to it',
        'pages',
        'tickets',
        'notices',
        'fixes',
        'routes',
        'alerts',
        'reviewed',
      ],
      all.map(team => [
        code(team.id),
        code(team.lead ?? 'none'),
        code(team.people ?? 'none'),
        reach(team.id, team.page),
        reach(team.id, team.ticket),
        reach(team.id, team.notice),
        team.services.map(code).join(', '),
        String(team.routes),
        String(team.alerts),
        team.reviewedAt ?? '**never**',
      ]),
    ),
  )
}

function alerts({ alerts: all, teams: known }: OwnershipReport): string[] {
  const byTeam = Map.groupBy(all, ({ team }) => team)
  const lines = known.flatMap(({ id }) => {
    const some = byTeam.get(id) ?? []
    return fold(
      `${id}: ${counted(some.length, 'alert')}`,
      ['alert', 'service', 'role', 'severity', 'receiver', 'channel', 'decided by'],
      some.map(
        ({ alert, detail, service, role, severity, receiver, channel, decidedBy, runbook }) => [
          `[${text(alert)}](${linkTo(runbook)})${detail === '' ? '' : ` ${text(detail)}`}`,
          code(service),
          role,
          severity,
          code(receiver),
          channel === undefined ? '' : code(channel),
          text(decidedBy),
        ],
      ),
    )
  })
  return section('Alerts by team', lines)
}

function routes({ routes: all, unlisted = [] }: OwnershipReport): string[] {
  const groups = Map.groupBy(all, ({ team, unowned }) => (unowned === undefined ? team : ''))
  const lines = [...groups.keys()].toSorted().flatMap(team =>
    fold(
      `${team === '' ? 'unowned by design' : team}: ${counted(groups.get(team)?.length ?? 0, 'route')}`,
      ['route', 'audience', 'work', 'promises', 'line'],
      (groups.get(team) ?? []).map(
        ({ service, match, audience = '', work, objective = '', decidedBy }) => [
          code(`${service} ${match}`),
          audience,
          work,
          text(objective),
          text(decidedBy),
        ],
      ),
    ),
  )
  const inCode = fold(
    `in the code, not in the catalog: ${counted(unlisted.length, 'route')}`,
    ['route', 'told for now', 'in the code'],
    unlisted.map(({ service, method, path, team, at }) => [
      code(`${service} ${method} ${path}`),
      code(team),
      code(at),
    ]),
  )
  return section('Routes by team', [...inCode, ...lines])
}

function reviews({ reviews: owed, exceptions }: OwnershipReport): string[] {
  return [
    ...section(
      'Reviews',
      table(
        ['review of', 'team', 'last', 'next'],
        owed.map(found => [
          `${found.of} ${code(found.name)}`,
          code(found.team),
          found.reviewedAt ?? 'never',
          wordReview(found),
        ]),
      ),
    ),
    ...section(
      'Exceptions',
      exceptions.length === 0
        ? ['No rule is silenced.']
        : table(
            ['rule', 'silenced for', 'until', 'asked for by', 'reason'],
            exceptions.map(({ rule, target, until, daysLeft, reason, by }) => [
              code(rule),
              code(target),
              `${until}, in ${counted(daysLeft, 'day')}`,
              code(by),
              text(reason),
            ]),
          ),
    ),
  ]
}

/** A table that is folded away. */
function fold(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  if (rows.length === 0) return []
  return [
    `<details><summary>${text(title)}</summary>`,
    '',
    ...table(head, rows),
    '',
    '</details>',
    '',
  ]
}
