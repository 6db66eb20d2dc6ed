import type { RoutePattern } from './route-pattern.ts'
import type {
  Audience,
  Criticality,
  ExceptionRule,
  Lifecycle,
  Role,
  ServiceKind,
  Work,
} from './vocabulary.ts'

/** Something that stands on a line of the catalog's file. */
export interface Placed {
  /** Line on which it begins, from 1. */
  readonly line: number
}

/** A length of time, as it was written and in milliseconds. */
export interface Duration {
  readonly text: string
  readonly ms: number
}

/** A condition on a measured value: `>0.5`, `>400ms`. */
export interface Threshold {
  readonly text: string
  readonly above: boolean
  /** A count, a share from 0 to 1, or milliseconds. */
  readonly value: number
}

/** A team named for something, and the line that names it. */
export interface Assignment extends Placed {
  readonly team: string
}

/** Where people find what alerts and dashboards point to. */
export interface Links extends Placed {
  /** Address of Grafana, without a slash at its end. */
  readonly grafana: string | undefined
  /** Address of the folder of runbooks, without a slash at its end. */
  readonly runbooks: string | undefined
}

export interface Org extends Placed {
  readonly github: string | undefined
  /** Answers for whatever nothing else in the catalog gives to a team. */
  readonly defaultTeam: Assignment
  readonly leads: readonly string[]
  readonly links: Links | undefined
}

export interface Channels extends Placed {
  readonly people: string | undefined
  readonly page: string | undefined
  readonly ticket: string | undefined
  readonly notice: string | undefined
}

export interface Team extends Placed {
  readonly name: string
  readonly lead: string | undefined
  readonly github: string | undefined
  readonly sentry: string | undefined
  readonly channels: Channels | undefined
  /** Date, as `2026-10-02`. */
  readonly reviewedAt: string | undefined
}

/** Which team has each role; a role that is not here is inherited. */
export type Roles = { readonly [R in Role]: Assignment | undefined }

export interface Locations extends Placed {
  readonly logs: string | undefined
  readonly dashboards: string | undefined
  readonly alerts: string | undefined
  readonly rateLimits: string | undefined
  readonly runbooks: string | undefined
}

export interface Latency extends Placed {
  readonly p50: Duration | undefined
  readonly p95: Duration | undefined
  readonly p99: Duration | undefined
}

export interface Objective extends Placed {
  /** Percentage of requests that must succeed. */
  readonly availability: number | undefined
  readonly latency: Latency | undefined
}

export interface Route extends Placed {
  readonly match: RoutePattern
  /** Absent only when `unowned` says so. */
  readonly team: string | undefined
  readonly unowned: 'by-design' | undefined
  readonly audience: Audience | undefined
  readonly work: Work | undefined
  readonly objective: Objective | undefined
  /** Absent is in use. */
  readonly lifecycle: Lifecycle | undefined
  /** Day from which a deprecated route may be gone, as `2027-03-01`. */
  readonly sunset: string | undefined
  readonly roles: (Roles & Placed) | undefined
}

export interface Queue extends Placed {
  readonly name: string
  readonly team: string
  readonly work: Work | undefined
  /** How long a job may wait before somebody is told. */
  readonly maxAge: Duration | undefined
}

/** Something a service calls: a host or a database, never both. */
export interface Dependency extends Placed {
  readonly host: string | undefined
  readonly db: string | undefined
  readonly team: string
  readonly critical: boolean | undefined
}

export interface Service extends Placed {
  readonly kind: ServiceKind
  readonly criticality: Criticality | undefined
  /** Where trace headers may be sent: `host`, `host:port` or `*.host`, in lower case. */
  readonly hosts: readonly string[]
  readonly paths: readonly string[]
  readonly roles: (Roles & Placed) | undefined
  readonly locations: Locations | undefined
  readonly routes: readonly Route[]
  readonly queues: readonly Queue[]
  readonly dependencies: readonly Dependency[]
  readonly reviewedAt: string | undefined
  readonly reviewEvery: Duration | undefined
}

/** A route of a service: `web GET /api/invoices/export`. */
export interface Endpoint {
  readonly service: string
  readonly pattern: RoutePattern
}

/** A measured condition that says the decision should be looked at again; what it names must all hold. */
export interface Trigger extends Placed {
  readonly route: Endpoint
  /** Share of a processor that the route uses, from 0 to 1. */
  readonly cpuShare: Threshold | undefined
  /** In milliseconds. */
  readonly p95: Threshold | undefined
  readonly concurrency: Threshold | undefined
  readonly clientKinds: Threshold | undefined
  readonly for: Duration | undefined
}

export interface Decision extends Placed {
  readonly id: string
  readonly question: string
  readonly chosen: string
  readonly on: string
  readonly by: string
  readonly revisitWhen: readonly Trigger[]
}

/** A rule that is silenced for one target, until a date. */
export interface Exception extends Placed {
  readonly rule: ExceptionRule
  readonly target: string
  /** Last day on which it holds. */
  readonly until: string
  readonly reason: string
  readonly by: string
}

/** A catalog that holds no problem. Objects carry the line they stand on; lists that were not written are empty. */
export interface Catalog {
  /** Name of the file, as problems show it. */
  readonly file: string
  readonly version: 1
  readonly org: Org
  readonly teams: ReadonlyMap<string, Team>
  readonly services: ReadonlyMap<string, Service>
  readonly decisions: readonly Decision[]
  readonly exceptions: readonly Exception[]
}
