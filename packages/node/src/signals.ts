import type { Actor, AuthFailureReason } from './requests/request.ts'
import type { RequestSignals } from './requests/request-signals.ts'
import { TELEMETRY_SLOT } from './slot-key.ts'

// Loads nothing: application code of every kind imports this, bundled or not, and finds what runs in its process.

export type { Actor, AuthFailureReason }

/**
 * Says who asks, where the application knows better than the credentials of the request do: `user`, `partner`, `internal`,
 * `job` or `anonymous`, never who it is. The last call counts.
 *
 * Does nothing outside of a request, nor without telemetry, and never throws; an unknown value is reported and ignored.
 */
export function setActor(actor: Actor): void {
  signals()?.setActor(actor)
}

/**
 * Says why the request that is being served did not prove who it is, or may not do what it asks: counted once, when the
 * request ends, in place of what its status says. `unverifiable` is for keys or an issuer that cannot be had, and is
 * nobody's attempt. The last call counts.
 *
 * Does nothing outside of a request, nor without telemetry, and never throws; an unknown value is reported and ignored.
 */
export function recordAuthFailure(reason: AuthFailureReason): void {
  signals()?.recordAuthFailure(reason)
}

/**
 * Says that the request that is being served is refused because its sender asks too often, where the answer is not 429.
 *
 * Does nothing outside of a request, nor without telemetry, and never throws.
 */
export function recordRateLimited(): void {
  signals()?.recordRateLimited()
}

/**
 * Says that the request that is being served repeats another and is not carried out again, where the answer has no header
 * `idempotency-replayed`.
 *
 * Does nothing outside of a request, nor without telemetry, and never throws.
 */
export function recordReplayBlocked(): void {
  signals()?.recordReplayBlocked()
}

function signals(): RequestSignals | undefined {
  const slots = globalThis as { [TELEMETRY_SLOT]?: { readonly signals?: RequestSignals } }
  return slots[TELEMETRY_SLOT]?.signals
}
