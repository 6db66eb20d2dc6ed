import type { Matchers } from '../promql.ts'
import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { CHOSEN_SERVICE } from './queries.ts'
import { databaseSummaryPanels, operationPanels, poolPanels } from './rows/database.ts'
import { queueDetailPanels, queuesNamed, queueSummaryPanels } from './rows/queues.ts'
import { serviceVariable } from './variables.ts'

/** Databases and queues of the services that the team has a part in. */
export function describeDataAndQueues(scope: DashboardScope): DashboardContent {
  const queues = queuesOf(scope)
  return {
    title: 'data and queues',
    says: 'How databases answer, how their connections are used, and what happens to jobs.',
    variables: [serviceVariable(scope)],
    rows: [
      { title: 'Database', panels: databaseSummaryPanels(scope, CHOSEN_SERVICE, 12) },
      { title: 'Work of the database', panels: operationPanels(scope, CHOSEN_SERVICE) },
      { title: 'Pools of connections', panels: poolPanels(scope, CHOSEN_SERVICE) },
      { title: 'Queues', panels: queues === undefined ? [] : queueSummaryPanels(scope, queues) },
      { title: 'Jobs', panels: queues === undefined ? [] : queueDetailPanels(scope, queues) },
    ],
  }
}

/** The queues of the dashboard's services, whichever process reports them; nothing when there are none. */
function queuesOf({ ownership, services }: DashboardScope): Matchers | undefined {
  const names = services.flatMap(
    service => ownership.catalog.services.get(service)?.queues.map(({ name }) => name) ?? [],
  )
  return names.length === 0 ? undefined : queuesNamed(names)
}
