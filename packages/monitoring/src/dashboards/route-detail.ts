import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
import { series } from '../promql.ts'
import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { createHeatmap } from './panels/heatmap.ts'
import { CHOSEN_PATH, CHOSEN_ROUTE, perSecond, sumBy } from './queries.ts'
import { browserPanels } from './rows/browser.ts'
import { burnPanels } from './rows/objectives.ts'
import { roleTable, routeOwnerTable } from './rows/people.ts'
import { requestNumbers } from './rows/request-numbers.ts'
import { requestPanels, statusPanel } from './rows/requests.ts'
import { traceAndLogPanels } from './rows/traces-and-logs.ts'
import { methodVariable, routeVariable, serviceVariable } from './variables.ts'

/** One route, or all those of a service that the team has to do with. */
export const describeRouteDetail = (scope: DashboardScope): DashboardContent => ({
  title: 'routes',
  says: 'Everything about one route: rate, errors, duration, budget, traces, logs, and who answers for it.',
  variables: [serviceVariable(scope), routeVariable(scope), methodVariable()],
  rows: [
    { title: 'At a glance', panels: requestNumbers(scope, CHOSEN_ROUTE) },
    { title: 'Requests', panels: requestPanels(scope, CHOSEN_ROUTE) },
    {
      title: 'Answers',
      panels: [
        statusPanel(scope, CHOSEN_ROUTE, 12),
        createHeatmap(scope, {
          title: 'Spread of durations',
          says: 'Requests a second by duration. Two bands mean two kinds of requests, such as a cache that hits or misses. The marks are single requests: click one for its trace.',
          unit: 's',
          width: 12,
          noValue: 'No requests',
          expr: sumBy(
            'le',
            perSecond(`${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_bucket`, CHOSEN_ROUTE),
          ),
        }),
      ],
    },
    { title: 'In the browser', panels: browserPanels(scope, CHOSEN_PATH) },
    {
      title: 'Budget',
      panels: burnPanels(scope, (name, slo) =>
        series(name, { ...CHOSEN_ROUTE, ...(slo === undefined ? {} : { slo }) }),
      ),
    },
    {
      title: 'Traces and logs',
      panels: traceAndLogPanels(scope, ['span.http.route =~ `${route:regex}`']),
    },
    {
      title: 'Who answers for it',
      panels: [
        routeOwnerTable(scope, { service: '$service' }, 14),
        roleTable(scope, { service: '$service' }, 10),
      ],
    },
  ],
})
