import type { ExceptionRule, Role } from '@throughline/catalog'
import type { Destination } from './alert-destination.ts'

/** Who owns what, and what needs a decision; plain data. */
export interface OwnershipReport {
  readonly schema: 1
  /** Name of the catalog's file. */
  readonly catalog: string
  /** Day on which it holds, as `2026-11-24`. */
  readonly on: string
  /** The whole in one line. */
  readonly sentence: string
  readonly coverage: Coverage
  readonly reviews: readonly Review[]
  readonly exceptions: readonly ReportedException[]
  readonly services: readonly ReportedService[]
  readonly teams: readonly ReportedTeam[]
  readonly routes: readonly ReportedRoute[]
  /** Routes that the code serves and no line lists; absent when the code was not read. */
  readonly unlisted: readonly UnlistedRoute[] | undefined
  readonly alerts: readonly ReportedAlert[]
}

export interface Coverage {
  /** Routes of the catalog, and those that only the code has. */
  readonly routes: number
  readonly owned: number
  readonly unownedByDesign: number
  /** Absent when the code was not read. */
  readonly unlisted: number | undefined
}

/** A look at who owns what, that a team owes. */
export interface Review {
  readonly of: 'team' | 'service'
  readonly name: string
  /** Team that has to do it. */
  readonly team: string
  readonly reviewedAt: string | undefined
  readonly everyDays: number
  /** Last day on which it is in time; absent when it was never done. */
  readonly dueOn: string | undefined
  /** Negative when it is overdue. */
  readonly daysLeft: number | undefined
  /** `soon` from three quarters of the time on; `excepted` when an exception lets it wait. */
  readonly state: 'fine' | 'soon' | 'overdue' | 'never' | 'excepted'
}

export interface ReportedException {
  readonly rule: ExceptionRule
  readonly target: string
  readonly until: string
  readonly daysLeft: number
  readonly reason: string
  readonly by: string
  /** Whether it ends within 30 days. */
  readonly soon: boolean
}

export interface ReportedService {
  readonly name: string
  readonly kind: string
  readonly criticality: string | undefined
  readonly roles: readonly ReportedRole[]
}

export interface ReportedRole {
  readonly role: Role
  readonly team: string
  /** `ownership.yaml:72`. */
  readonly decidedBy: string
  /** Whether it falls to the org's default team, since nothing says otherwise. */
  readonly byDefault: boolean
}

export interface ReportedTeam {
  readonly id: string
  readonly name: string
  readonly lead: string | undefined
  readonly github: string | undefined
  /** Where to talk to it. */
  readonly people: string | undefined
  readonly page: Reach
  readonly ticket: Reach
  readonly notice: Reach
  readonly reviewedAt: string | undefined
  /** Services that it fixes in production. */
  readonly services: readonly string[]
  readonly routes: number
  readonly alerts: number
}

/** A channel, and whose it is: that of the default team where the team has none. */
export type Reach = Pick<Destination, 'channel' | 'channelTeam'>

export interface ReportedRoute {
  readonly service: string
  /** `POST /api/billing/plan`. */
  readonly match: string
  readonly team: string
  readonly unowned: 'by-design' | undefined
  readonly audience: string | undefined
  readonly work: string
  readonly lifecycle: string | undefined
  /** What it promises: `99.9 %, p95 500ms`. */
  readonly objective: string | undefined
  readonly decidedBy: string
}

export interface UnlistedRoute {
  readonly service: string
  readonly method: string
  readonly path: string
  /** Where it is in the code. */
  readonly at: string
  /** Team that is told of it for now. */
  readonly team: string
}

export interface ReportedAlert extends Destination {
  readonly team: string
  readonly alert: string
  readonly title: string
  /** What tells it from others of its name: `availability, 1h`. */
  readonly detail: string
  /** `all` for what is about the monitoring itself. */
  readonly service: string
  readonly role: Role
  readonly severity: string
  readonly runbook: string
  readonly dashboard: string
  /** What in the catalog named the team. */
  readonly decidedBy: string
}
