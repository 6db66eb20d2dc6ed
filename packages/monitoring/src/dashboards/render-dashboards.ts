import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import type { DashboardKey } from '../alerts/alert-list.ts'
import type { TeamRules } from '../alerts/team-rules.ts'
import type { OutputFile } from '../output-file.ts'
import type { Ownership } from '../ownership.ts'
import { describeAuthAndAbuse } from './auth-and-abuse.ts'
import { describeBoundary } from './boundary.ts'
import { buildDashboard, type DashboardContent } from './dashboard.ts'
import { type DashboardScope, listScopes } from './dashboard-scope.ts'
import { describeDataAndQueues } from './data-and-queues.ts'
import { describeDependencies } from './dependencies.ts'
import { describeNodeRuntime } from './node-runtime.ts'
import { describeOwnership } from './ownership.ts'
import { describeRouteDetail } from './route-detail.ts'
import { describeServiceOverview } from './service-overview.ts'
import { describeSlo } from './slo.ts'
import { describeTeamHome } from './team-home.ts'
import { describeTelemetryHealth } from './telemetry-health.ts'

const CONTENTS: Readonly<Record<DashboardKey, (scope: DashboardScope) => DashboardContent>> = {
  'team-home': describeTeamHome,
  'service-overview': describeServiceOverview,
  'route-detail': describeRouteDetail,
  slo: describeSlo,
  'node-runtime': describeNodeRuntime,
  'data-and-queues': describeDataAndQueues,
  dependencies: describeDependencies,
  'auth-and-abuse': describeAuthAndAbuse,
  boundary: describeBoundary,
  'telemetry-health': describeTelemetryHealth,
  ownership: describeOwnership,
}

/** Every dashboard of every team, as classic JSON of Grafana: one folder a team, `dashboards/billing/slo.json`. */
export function renderDashboardFiles(
  ownership: Ownership,
  rules: readonly TeamRules[],
): OutputFile[] {
  return listScopes(ownership, rules).map(scope => ({
    path: `dashboards/${scope.team}/${scope.key}.json`,
    text: renderJson(buildDashboard(scope, CONTENTS[scope.key](scope))),
  }))
}

const renderJson = (dashboard: Dashboard): string => `${JSON.stringify(dashboard, undefined, 2)}\n`
