import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { alertsByTeam } from './rows/alerts-by-team.ts'
import { exceptionsPanel } from './rows/exceptions.ts'
import { roleTable, routeOwnerTable, routesByTeam } from './rows/people.ts'
import { reviewPanels } from './rows/reviews.ts'
import { unlistedPanels } from './rows/unlisted.ts'

/** Who owns what, what nobody owns, and which reviews are due. */
export const describeOwnership = (scope: DashboardScope): DashboardContent => ({
  title: 'ownership',
  says: 'What nobody owns, who owns the rest, which reviews are due, and whose alerts fire.',
  variables: [],
  rows: [
    { title: 'Unowned', panels: unlistedPanels(scope) },
    { title: 'Reviews', panels: reviewPanels(scope) },
    { title: 'Teams', panels: [routesByTeam(scope, 12), alertsByTeam(scope, 12)] },
    {
      title: 'Who answers for what',
      panels: [roleTable(scope, {}, 10), routeOwnerTable(scope, {}, 14)],
    },
    { title: 'Exceptions', panels: [exceptionsPanel(scope)] },
  ],
})
