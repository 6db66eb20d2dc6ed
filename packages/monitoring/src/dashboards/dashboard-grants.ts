import type { DashboardKey } from '../alerts/alert-list.ts'
import type { Ownership } from '../ownership.ts'
import { type Holding, type HoldingKind, listHoldings } from './holdings.ts'

/** What every team with a part in the requests of a service gets. */
const PART: readonly DashboardKey[] = ['team-home', 'route-detail', 'slo']

/**
 * The dashboards that come with each thing a team can hold.
 *
 * A role's row has the dashboard of every alert that the role is told of: an alert links to its own team's copy.
 */
const DASHBOARDS_OF: Readonly<Record<HoldingKind, readonly DashboardKey[]>> = {
  productionFix: [
    ...PART,
    'service-overview',
    'node-runtime',
    'data-and-queues',
    'dependencies',
    'auth-and-abuse',
    'ownership',
  ],
  schemaApproval: [...PART, 'service-overview'],
  authReview: [...PART, 'auth-and-abuse'],
  performance: [
    ...PART,
    'service-overview',
    'node-runtime',
    'data-and-queues',
    'dependencies',
    'boundary',
  ],
  productNotice: [...PART, 'service-overview'],
  telemetry: [...PART, 'telemetry-health', 'ownership'],
  data: [...PART, 'data-and-queues'],
  incidentComms: PART,
  // A rate limit is the matter of the team whose route it protects.
  route: [...PART, 'auth-and-abuse'],
  queue: ['team-home', 'data-and-queues'],
  database: ['team-home', 'data-and-queues'],
  dependency: ['team-home', 'dependencies'],
  decision: ['team-home', 'boundary'],
  lastResort: [...PART, 'telemetry-health', 'ownership'],
  // Every team is told when its review is overdue.
  team: ['team-home', 'ownership'],
}

/** Dashboards that have something to show for a team without a service. */
const WITHOUT_SERVICE: readonly DashboardKey[] = ['team-home', 'telemetry-health', 'ownership']

/** A dashboard that a team gets, and why. */
export interface DashboardGrant {
  readonly key: DashboardKey
  /** What the team holds that brings it, the strongest first; at least one. */
  readonly holdings: readonly Holding[]
  /** Services it is about, sorted. */
  readonly services: readonly string[]
}

/** The dashboards of each team, by key, both sorted. An alert may link to those of its own team only. */
export function grantDashboards(
  ownership: Ownership,
): ReadonlyMap<string, ReadonlyMap<DashboardKey, DashboardGrant>> {
  const holdings = Map.groupBy(listHoldings(ownership), ({ team }) => team)
  return new Map(
    [...holdings.keys()]
      .toSorted()
      .map(team => [team, grantsOf(holdings.get(team) ?? [])] as const),
  )
}

function grantsOf(holdings: readonly Holding[]): ReadonlyMap<DashboardKey, DashboardGrant> {
  const keys = new Set(holdings.flatMap(({ kind }) => DASHBOARDS_OF[kind]))
  const grants = [...keys].toSorted().map((key): DashboardGrant => {
    const why = holdings.filter(({ kind }) => DASHBOARDS_OF[kind].includes(key))
    const services = [...new Set(why.flatMap(holding => holding.services))].toSorted()
    return { key, holdings: why, services }
  })
  return new Map(
    grants
      .filter(({ key, services }) => services.length > 0 || WITHOUT_SERVICE.includes(key))
      .map(grant => [grant.key, grant]),
  )
}
