import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { CHOSEN_SERVICE } from './queries.ts'
import { boundaryPanels, boundaryTable } from './rows/boundary-evidence.ts'
import { decisionPanel } from './rows/decisions.ts'
import { utilizationPanel } from './rows/event-loop.ts'
import { serviceVariable } from './variables.ts'

/** What speaks for moving a route out of its service, or for leaving it there. */
export const describeBoundary = (scope: DashboardScope): DashboardContent => ({
  title: 'boundary',
  says: 'Evidence for where work should live: what each route costs the service it is in, how unlike the others it is, and what was decided.',
  variables: [serviceVariable(scope)],
  rows: [
    { title: 'Decisions', panels: [decisionPanel(scope)] },
    { title: 'Routes', panels: [boundaryTable(scope, CHOSEN_SERVICE)] },
    {
      title: 'Over time',
      panels: [
        ...boundaryPanels(scope, CHOSEN_SERVICE),
        utilizationPanel(scope, CHOSEN_SERVICE, 12),
      ],
    },
  ],
})
