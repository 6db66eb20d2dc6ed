import type { Ownership } from '../ownership.ts'
import { objectiveSeries } from '../recording/objective-series.ts'
import { ownerSeries } from '../recording/owner-series.ts'
import { requestSeries } from '../recording/request-series.ts'
import { holderOf } from '../partition/shares.ts'
import type { AlertRule, RecordingRule } from './alert-rule.ts'
import { abuseAlerts } from './families/abuse.ts'
import { boundaryAlerts } from './families/boundary.ts'
import { browserAlerts } from './families/browser.ts'
import { databaseAlerts } from './families/database.ts'
import { dependencyAlerts } from './families/dependencies.ts'
import { lifecycleAlerts } from './families/lifecycle.ts'
import { monitoringAlerts } from './families/monitoring-stack.ts'
import { objectiveAlerts } from './families/objectives.ts'
import { ownershipAlerts } from './families/ownership-alerts.ts'
import { queueAlerts } from './families/queues.ts'
import { refusalAlerts } from './families/refusals.ts'
import { requestAlerts } from './families/requests.ts'
import { runtimeAlerts } from './families/runtime.ts'
import { listServices, type ServiceScope } from './families/service-scope.ts'
import { telemetryAlerts } from './families/telemetry.ts'
import type { RuleGroup, TeamRules } from './team-rules.ts'

/** What is computed over 30 days changes slowly, and costs. */
const SLOW_INTERVAL = '5m'

/** Every rule that follows from a catalog, by the team in whose folder it stands; teams and groups are sorted. */
export function compileRules(ownership: Ownership): readonly TeamRules[] {
  const services = listServices(ownership)
  const alerts = Map.groupBy(listAlerts(ownership, services), ({ labels }) => labels.team)
  const recording = Map.groupBy(
    services.flatMap(scope => recordingGroups(scope)),
    ({ team }) => team,
  )
  const teams = [...new Set([...alerts.keys(), ...recording.keys()])].toSorted()
  return teams.map(team => ({
    team,
    recording: (recording.get(team) ?? []).map(({ group }) => group),
    alerts: groupByService(alerts.get(team) ?? []),
  }))
}

function listAlerts(ownership: Ownership, services: readonly ServiceScope[]): AlertRule[] {
  return [
    ...services.flatMap(scope => [
      ...objectiveAlerts(scope),
      ...requestAlerts(scope),
      ...refusalAlerts(scope),
      ...abuseAlerts(scope),
      ...browserAlerts(scope),
      ...runtimeAlerts(scope),
      ...databaseAlerts(scope),
      ...dependencyAlerts(scope),
      ...lifecycleAlerts(scope),
      ...telemetryAlerts(scope),
    ]),
    ...queueAlerts(ownership),
    ...ownershipAlerts(ownership),
    ...boundaryAlerts(ownership),
    ...monitoringAlerts(ownership),
  ]
}

function groupByService(alerts: readonly AlertRule[]): RuleGroup<AlertRule>[] {
  return [...Map.groupBy(alerts, ({ labels }) => labels.service)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, rules]) => ({ name: `${service}.alerts`, rules }))
}

/** The recorded series of a service stand with the team that fixes it in production. */
function recordingGroups(
  scope: ServiceScope,
): { readonly team: string; readonly group: RuleGroup<RecordingRule> }[] {
  const { ownership, name } = scope
  const { team } = holderOf(ownership.resolver, name, 'productionFix')
  const objectives = objectiveSeries(scope)
  const groups: RuleGroup<RecordingRule>[] = [
    { name: `${name}.requests`, rules: requestSeries(name) },
    { name: `${name}.objectives`, rules: objectives.current },
    { name: `${name}.budget`, interval: SLOW_INTERVAL, rules: objectives.period },
    { name: `${name}.owners`, rules: ownerSeries(ownership, scope) },
  ]
  return groups.filter(({ rules }) => rules.length > 0).map(group => ({ team, group }))
}
