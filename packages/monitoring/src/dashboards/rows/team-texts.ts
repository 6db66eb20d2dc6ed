import type { Team } from '@throughline/catalog'
import { ALERTS } from '../../alerts/alert-list.ts'
import { code, escapeMarkdown } from '../../markdown.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { runbookLink } from '../data-links.ts'
import type { HoldingKind } from '../holdings.ts'
import type { Panel } from '../panels/panel.ts'
import { createText, renderTable } from '../panels/plain-panels.ts'

const HEIGHT = 9

/** Who the team is, where it is reached, and what it answers for. */
export const teamPanel = (scope: DashboardScope, width: number): Panel =>
  createText(scope, {
    title: 'The team',
    says: 'Who the team is, where it is reached, and what it answers for by the catalog.',
    width,
    height: HEIGHT,
    markdown: [describeTeam(scope), describeHoldings(scope)].join('\n\n'),
  })

function describeTeam({ ownership: { catalog }, team }: DashboardScope): string {
  const known: Partial<Team> = catalog.teams.get(team) ?? {}
  const { people, page, ticket, notice } = known.channels ?? {}
  const facts = [
    ['Lead', known.lead],
    ['People', people],
    ['Pages go to', page],
    ['Tickets go to', ticket],
    ['Notices go to', notice],
    ['GitHub', known.github],
    ['Last review', known.reviewedAt],
  ] as const
  return renderTable(
    ['', ''],
    facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, escapeMarkdown(value)]])),
  )
}

/** Kinds that say nothing of a service. */
const OF_THE_TEAM: readonly HoldingKind[] = ['team', 'lastResort']

function describeHoldings({ holdings }: DashboardScope): string {
  const byService = new Map<string, Set<HoldingKind>>()
  for (const { kind, services } of holdings) {
    if (OF_THE_TEAM.includes(kind)) continue
    for (const service of services)
      byService.set(service, (byService.get(service) ?? new Set()).add(kind))
  }
  return renderTable(
    ['Service', 'Answers for'],
    [...byService].map(([service, kinds]) => [code(service), [...kinds].join(', ')]),
  )
}

/** Every alert that the team may get, with what to do. */
export const alertPanel = (scope: DashboardScope, width: number): Panel =>
  createText(scope, {
    title: 'Alerts of the team',
    says: 'Every alert that the team may get, how urgent it is, and what to do about it.',
    width,
    height: HEIGHT,
    markdown: renderTable(
      ['Alert', 'What happened', 'Urgency'],
      scope.alerts.map(({ alert, severities }) => [
        runbookLink(scope, alert).map(({ url }) => `[${alert}](${url})`)[0] ?? code(alert),
        ALERTS[alert].title,
        severities.join(', '),
      ]),
    ),
  })
