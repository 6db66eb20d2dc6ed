import { series } from '../promql.ts'
import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { CHOSEN_SERVICE } from './queries.ts'
import { objectivePanels, sliPanels } from './rows/objectives.ts'
import { routeVariable, serviceVariable } from './variables.ts'

/** What the routes of a service promise, and how much of the promise is spent. */
export const describeSlo = (scope: DashboardScope): DashboardContent => {
  const select = (name: string, slo?: string): string =>
    series(name, {
      ...CHOSEN_SERVICE,
      http_route: '~$route',
      ...(slo === undefined ? {} : { slo }),
    })
  return {
    title: 'objectives and budgets',
    says: 'What the catalog promises for each route, how much of the error budget of 30 days is left, and how fast it burns.',
    variables: [serviceVariable(scope), routeVariable(scope)],
    rows: [
      { title: 'Objectives', panels: objectivePanels(scope, select) },
      { title: 'What spends the budget', panels: sliPanels(scope, select) },
    ],
  }
}
