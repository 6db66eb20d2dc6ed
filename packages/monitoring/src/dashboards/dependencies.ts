import { METRIC_HTTP_CLIENT_REQUEST_DURATION } from '@throughline/conventions'
import { type Matchers, series } from '../promql.ts'
import type { DashboardContent } from './dashboard.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { CHOSEN_SERVICE } from './queries.ts'
import { dependencyOwners } from './rows/dependency-owners.ts'
import { callDetailPanels, outgoingCallPanels } from './rows/outgoing-calls.ts'
import { queryVariable, serviceVariable } from './variables.ts'

const CHOSEN_DEPENDENCY: Matchers = { ...CHOSEN_SERVICE, server_address: '~$dependency' }

/** What a service calls: rate, errors and duration by host. */
export const describeDependencies = (scope: DashboardScope): DashboardContent => ({
  title: 'dependencies',
  says: 'How the hosts that a service calls answer, and which team answers for each.',
  variables: [
    serviceVariable(scope),
    queryVariable(
      'dependency',
      'Dependency',
      `label_values(${series(`${METRIC_HTTP_CLIENT_REQUEST_DURATION.name}_count`, CHOSEN_SERVICE)}, server_address)`,
    ),
  ],
  rows: [
    { title: 'Calls', panels: outgoingCallPanels(scope, CHOSEN_DEPENDENCY, 8) },
    { title: 'Answers', panels: callDetailPanels(scope, CHOSEN_DEPENDENCY) },
    { title: 'Who answers for them', panels: [dependencyOwners(scope)] },
  ],
})
