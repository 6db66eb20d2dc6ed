import { series } from '../promql.ts'
import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { CHOSEN_SERVICE } from './queries.ts'
import { browserPanels } from './rows/browser.ts'
import { databaseSummaryPanels } from './rows/database.ts'
import { outgoingCallPanels } from './rows/outgoing-calls.ts'
import { processNumbers } from './rows/processes.ts'
import { refusedPanels } from './rows/refused.ts'
import { requestNumbers } from './rows/request-numbers.ts'
import { requestPanels } from './rows/requests.ts'
import { routeTable } from './rows/route-table.ts'
import { traceAndLogPanels } from './rows/traces-and-logs.ts'
import { serviceVariable } from './variables.ts'

/** One service at a glance: requests, what it depends on, and the traces and logs to go on with. */
export const describeServiceOverview = (scope: DashboardScope): DashboardContent => ({
  title: 'services',
  says: 'Rate, errors and duration of a service, and the way on to its routes, traces and logs.',
  variables: [serviceVariable(scope)],
  rows: [
    {
      title: 'At a glance',
      panels: [
        ...requestNumbers(scope, CHOSEN_SERVICE),
        ...processNumbers(scope, CHOSEN_SERVICE, 8),
      ],
    },
    { title: 'Requests', panels: requestPanels(scope, CHOSEN_SERVICE) },
    {
      title: 'Routes',
      panels: [
        routeTable(scope, (name, slo) =>
          series(name, { ...CHOSEN_SERVICE, ...(slo === undefined ? {} : { slo }) }),
        ),
      ],
    },
    { title: 'Turned away', panels: refusedPanels(scope, CHOSEN_SERVICE, 6) },
    { title: 'In the browser', panels: browserPanels(scope, CHOSEN_SERVICE) },
    {
      title: 'What it waits for',
      panels: [
        ...outgoingCallPanels(scope, CHOSEN_SERVICE, 8),
        ...databaseSummaryPanels(scope, CHOSEN_SERVICE, 12),
      ],
    },
    { title: 'Traces and logs', panels: traceAndLogPanels(scope) },
  ],
})
