import type { Span } from '@opentelemetry/api'
import type { Owner } from '@throughline/catalog'

/** Kinds of those who ask. */
export const ACTORS = ['user', 'partner', 'internal', 'job', 'anonymous'] as const

/** Kind of the one who asked. Never who it is. */
export type Actor = (typeof ACTORS)[number]

/**
 * What a caller has proved to be: a service of ours, a page that we rendered, or nothing. A neighbour has only shown to be
 * on this machine, which is trusted outside of production: it may be one of ours as well as its developer's browser.
 */
export type Caller = 'internal' | 'neighbour' | 'page' | 'stranger'

/**
 * Kind of the credentials that a request carries: a user's, a partner's, or what may be `either`'s. That they are there
 * says nothing of whether they are good.
 */
export type Credential = 'session' | 'api-key' | 'either' | 'none'

/** Why a request did not prove who it is, or may not do what it asks. */
export const AUTH_FAILURE_REASONS = [
  'unauthenticated',
  'forbidden',
  'missing_credentials',
  'invalid_credentials',
  'expired_credentials',
  'unverifiable',
] as const

/** One of {@link AUTH_FAILURE_REASONS}; `unverifiable` is no fault of the caller: keys or their issuer could not be had. */
export type AuthFailureReason = (typeof AUTH_FAILURE_REASONS)[number]

/** A request that is being served. What is optional is written while it is. */
export interface ServedRequest {
  /** As on the span: an unknown one is `_OTHER`. */
  readonly method: string
  /** Without the query. Not redacted yet. */
  readonly path: string
  readonly span: Span
  readonly caller: Caller
  readonly credential: Credential
  /** Address of the caller, for counting only: it is written nowhere. Read when it is needed, which is seldom. */
  readonly readSource: () => string | undefined
  /** Taken from an internal caller's `x-request-id`, else made here. */
  readonly id: string
  /** Why the caller's trace was not continued, if it brought one. */
  readonly restarted: string | undefined
  /** What the application says of the one who asks; without it, rules say. */
  actor?: Actor
  /** What the application says of a failure; without it, the status says. */
  authFailure?: AuthFailureReason
  rateLimited?: boolean
  replayBlocked?: boolean
  /** Whether it brings telemetry, and so is none of what is told of: no listener hears of it. */
  bringsTelemetry?: boolean
}

/** A request whose answer is on its way, or was given up. */
export interface FinishedRequest extends ServedRequest {
  readonly actor: Actor
  /** Route template; undefined when none matched. */
  readonly route: string | undefined
  /** Status of the answer; undefined when there was none. */
  readonly status: number | undefined
  readonly durationMs: number
  readonly owner: Owner
  /** A header of the answer as it was sent; `name` in lower case. */
  readonly answerHeader: (name: string) => string | undefined
}

/** Told of each request as it ends, sampled or not, before its span does. A throw is reported and costs nothing else. */
export type RequestListener = (request: FinishedRequest) => void
