import { anyOf, seriesOf } from '../promql.ts'
import type { DashboardContent, Row } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { createAlertList } from './panels/plain-panels.ts'
import { databaseSummaryPanels } from './rows/database.ts'
import { burnPanels } from './rows/objectives.ts'
import { outgoingCallPanels } from './rows/outgoing-calls.ts'
import { queuesNamed, queueSummaryPanels } from './rows/queues.ts'
import { routeTable, type SelectRecorded } from './rows/route-table.ts'
import { teamNumbers } from './rows/team-numbers.ts'
import { alertPanel, teamPanel } from './rows/team-texts.ts'
import { ownDatabases, ownHosts, ownQueues } from './team-dependencies.ts'

/** Where a team begins: what needs it now, and everything that it answers for. */
export function describeTeamHome(scope: DashboardScope): DashboardContent {
  const { team, routes } = scope
  const select: SelectRecorded | undefined =
    routes.size === 0
      ? undefined
      : (name, slo) =>
          anyOf(
            [...routes].map(([job, selectors]) =>
              seriesOf(name, { job, ...(slo === undefined ? {} : { slo }) }, selectors),
            ),
          )
  return {
    title: 'home',
    says: 'What needs the team now, and everything that it answers for: routes, budgets, queues, databases and dependencies.',
    variables: [],
    rows: [
      {
        title: 'Now',
        panels: [
          ...teamNumbers(scope, select, hasObjective(scope)),
          createAlertList(scope, {
            title: 'Alerts that fire or are about to',
            says: 'Alerts of this team that fire or are pending. Open one for its runbook, traces and logs.',
            width: 24,
            labels: `{team="${team}"}`,
          }),
        ],
      },
      ...(select === undefined ? [] : routeRows(scope, select)),
      ...dependencyRows(scope),
      { title: 'About', panels: [teamPanel(scope, 10), alertPanel(scope, 14)] },
    ],
  }
}

const routeRows = (scope: DashboardScope, select: SelectRecorded): Row[] => [
  { title: 'Routes', panels: [routeTable(scope, select)] },
  { title: 'Budgets', panels: hasObjective(scope) ? burnPanels(scope, select) : [] },
]

/** Whether a route of the team promises anything. */
const hasObjective = ({ ownership: { catalog }, team }: DashboardScope): boolean =>
  [...catalog.services.values()].some(({ routes }) =>
    routes.some(route => route.team === team && route.objective !== undefined),
  )

function dependencyRows(scope: DashboardScope): Row[] {
  const hosts = ownHosts(scope)
  const databases = ownDatabases(scope)
  const queues = ownQueues(scope)
  return [
    {
      title: 'Queues',
      panels: queues.length === 0 ? [] : queueSummaryPanels(scope, queuesNamed(queues)),
    },
    {
      title: 'Dependencies',
      panels: hosts === undefined ? [] : outgoingCallPanels(scope, hosts, 8),
    },
    {
      title: 'Databases',
      panels: databases === undefined ? [] : databaseSummaryPanels(scope, databases, 12),
    },
  ]
}
