import type { Decision, Trigger } from '@throughline/catalog'
import { code, escapeMarkdown } from '../../markdown.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import type { Panel } from '../panels/panel.ts'
import { createText, renderTable } from '../panels/plain-panels.ts'

/** What was decided on where work lives, and when it is looked at again. */
export const decisionPanel = (scope: DashboardScope): Panel =>
  createText(scope, {
    title: 'Decisions in the catalog',
    says: 'What was decided on where work lives, and the measured conditions on which it is looked at again.',
    width: 24,
    height: 6,
    alerts: ['BoundaryTriggerMet'],
    markdown: renderTable(
      ['Question', 'Chosen', 'On', 'By', 'Looked at again when'],
      listDecisions(scope).map(({ question, chosen, on, by, revisitWhen }) => [
        escapeMarkdown(question),
        escapeMarkdown(chosen),
        on,
        escapeMarkdown(scope.ownership.catalog.teams.get(by)?.name ?? by),
        revisitWhen.map(describeTrigger).join('; '),
      ]),
    ),
  })

/** Decisions of the team, and on the services of the dashboard. */
const listDecisions = ({ ownership, team, services }: DashboardScope): Decision[] =>
  ownership.catalog.decisions.filter(
    ({ by, revisitWhen }) =>
      by === team || revisitWhen.some(({ route }) => services.includes(route.service)),
  )

function describeTrigger(trigger: Trigger): string {
  const { route } = trigger
  const conditions = (['cpuShare', 'p95', 'concurrency', 'clientKinds'] as const).flatMap(name => {
    const limit = trigger[name]
    return limit === undefined ? [] : [code(`${name} ${limit.text}`)]
  })
  const hold = trigger.for === undefined ? '' : ` for ${trigger.for.text}`
  return `${code(`${route.service} ${route.pattern.text}`)} has ${conditions.join(' and ')}${hold}`
}
