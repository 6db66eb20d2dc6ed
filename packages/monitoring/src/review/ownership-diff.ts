import type { Role } from '@throughline/catalog'
import type { DashboardKey } from '../alerts/alert-list.ts'
import type { Destination } from './alert-destination.ts'

/** What a change of the catalog moves from which team to which. */
export interface OwnershipDiff {
  readonly schema: 1
  readonly teams: Changed<string>
  readonly services: Changed<string>
  /** Rules for routes: `web POST /api/billing/plan`. */
  readonly routes: Changed<string>
  readonly moves: readonly Move[]
  readonly alerts: readonly AlertMove[]
  readonly channels: readonly ChannelMove[]
  readonly dashboards: readonly DashboardMove[]
  readonly approvals: readonly Approval[]
}

export interface Changed<T> {
  readonly added: readonly T[]
  readonly removed: readonly T[]
}

/** Something that another team answers for; nobody where it was not there, or is no more. */
export interface Move {
  readonly kind: 'route' | 'role' | 'queue' | 'dependency' | 'decision' | 'default'
  /** `web POST /api/billing/plan`, `web`, `web queue reports`. */
  readonly what: string
  /** Role that moves: of a service, or of a route where it differs from the service's. */
  readonly role: Role | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  /** Line that decided it before and decides it now: `ownership.yaml:84`. */
  readonly decidedBefore: string | undefined
  readonly decidedNow: string | undefined
}

/** An alert that goes to another receiver; without one before it is new, without one now it is gone. */
export interface AlertMove {
  readonly alert: string
  /** What tells it from others of its name: `availability, 1h`. */
  readonly detail: string
  readonly about: string
  readonly from: AlertEnd | undefined
  readonly to: AlertEnd | undefined
}

export interface AlertEnd extends Destination {
  readonly team: string
  readonly severity: string
}

/** A team's alerts of a severity that reach another channel. */
export interface ChannelMove {
  readonly team: string
  readonly severity: string
  readonly from: string | undefined
  readonly to: string | undefined
}

/** A dashboard on which something is looked at no more, and the one on which it is now. */
export interface DashboardMove {
  readonly dashboard: DashboardKey
  /** What moves there; nothing where the whole dashboard comes or goes. */
  readonly about: readonly string[]
  readonly from: DashboardEnd | undefined
  readonly to: DashboardEnd | undefined
}

export interface DashboardEnd {
  readonly team: string
  readonly uid: string
  readonly url: string
}

/** A team that has to agree, and whom to ask. */
export interface Approval {
  readonly team: string
  readonly lead: string | undefined
  readonly github: string | undefined
  /** `loses web POST /api/billing/plan`. */
  readonly because: readonly string[]
}
