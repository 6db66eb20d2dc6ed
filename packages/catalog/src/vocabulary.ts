/** What a team can be asked to do for a service. Each role resolves to a team. */
export const ROLES = [
  'productionFix',
  'schemaApproval',
  'authReview',
  'performance',
  'productNotice',
  'telemetry',
  'data',
  'incidentComms',
] as const
export type Role = (typeof ROLES)[number]

/** Whom a route serves. One route has one audience. */
export const AUDIENCES = ['browser', 'partner', 'internal', 'admin', 'public'] as const
export type Audience = (typeof AUDIENCES)[number]

/** The shape of the work a route or a queue does. */
export const WORKS = ['request', 'export', 'job', 'stream'] as const
export type Work = (typeof WORKS)[number]

/** How long a route is meant to live: one that is deprecated should lose its callers. */
export const LIFECYCLES = ['experimental', 'production', 'deprecated'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]

/** What a service runs on; `external` is one that others run and we call. */
export const SERVICE_KINDS = ['next', 'node', 'worker', 'external'] as const
export type ServiceKind = (typeof SERVICE_KINDS)[number]

/** How much the business depends on a service: the values of OpenTelemetry's `service.criticality`. */
export const CRITICALITIES = ['critical', 'high', 'medium', 'low'] as const
export type Criticality = (typeof CRITICALITIES)[number]

/** Request methods that a route may name; none, or `*`, is any. */
export const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'QUERY',
] as const

/** Rules that an exception may silence until a date, each with what its `target` names. */
export const EXCEPTION_RULES = [
  'route-unowned',
  'review-overdue',
  'host-shared',
  'queue-shared',
  'decision-route-unlisted',
] as const
export type ExceptionRule = (typeof EXCEPTION_RULES)[number]
