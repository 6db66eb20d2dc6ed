import type { AlertName, DashboardKey, Severity } from '../alerts/alert-list.ts'
import type { TeamRules } from '../alerts/team-rules.ts'
import type { Ownership } from '../ownership.ts'
import { type DashboardGrant, grantDashboards } from './dashboard-grants.ts'
import type { Holding } from './holdings.ts'
import { listTeamRoutes, listUnlistedRoutes, type TeamRoutes } from './team-routes.ts'

/** An alert that a team may get, and how urgent it can be. */
export interface TeamAlert {
  readonly alert: AlertName
  readonly severities: readonly Severity[]
}

/** Whose dashboard it is, and what it is about. */
export interface DashboardScope {
  readonly ownership: Ownership
  readonly key: DashboardKey
  readonly team: string
  /** Name of the team, for people. */
  readonly teamName: string
  /** `Owner: Billing (route, ownership.yaml: web GET /invoices and 3 more)`. */
  readonly owner: string
  /** What brings the dashboard to the team. */
  readonly holdings: readonly Holding[]
  /** Services it is about, sorted. */
  readonly services: readonly string[]
  /** Requests that the team fixes in production. */
  readonly routes: TeamRoutes
  /** Requests that no line of the catalog lists, of all services. */
  readonly unlisted: TeamRoutes
  /** Alerts that the team may get, sorted. */
  readonly alerts: readonly TeamAlert[]
  /** Other dashboards of the team: only these may be linked to. */
  readonly dashboards: ReadonlySet<DashboardKey>
}

/** One scope for each dashboard of each team, sorted by team and key. */
export function listScopes(ownership: Ownership, rules: readonly TeamRules[]): DashboardScope[] {
  const alerts = new Map(rules.map(of => [of.team, listAlerts(of)]))
  const routes = listTeamRoutes(ownership)
  const unlisted = listUnlistedRoutes(ownership)
  return [...grantDashboards(ownership)].flatMap(([team, grants]) => {
    const teamName = ownership.catalog.teams.get(team)?.name ?? team
    return [...grants.values()].map(grant => ({
      ownership,
      team,
      teamName,
      key: grant.key,
      owner: describeOwner(teamName, grant),
      holdings: grant.holdings,
      services: grant.services,
      routes: routes.get(team) ?? new Map(),
      unlisted,
      alerts: alerts.get(team) ?? [],
      dashboards: new Set(grants.keys()),
    }))
  })
}

function listAlerts({ alerts }: TeamRules): TeamAlert[] {
  const rules = alerts.flatMap(group => group.rules)
  return [...Map.groupBy(rules, ({ alert }) => alert)]
    .map(([alert, same]) => ({
      alert,
      severities: [...new Set(same.map(({ labels }) => labels.severity))].toSorted(),
    }))
    .toSorted((a, b) => (a.alert < b.alert ? -1 : 1))
}

function describeOwner(teamName: string, { holdings }: DashboardGrant): string {
  const [first] = holdings
  const lines = new Set(holdings.map(({ decidedBy }) => decidedBy)).size
  const more = lines > 1 ? ` and ${lines - 1} more` : ''
  return `Owner: ${teamName} (${first?.kind}, ${first?.decidedBy}${more})`
}
