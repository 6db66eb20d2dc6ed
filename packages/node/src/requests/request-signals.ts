import { diag } from '@opentelemetry/api'
import {
  ACTORS,
  AUTH_FAILURE_REASONS,
  type Actor,
  type AuthFailureReason,
  type ServedRequest,
} from './request.ts'

/** What an application says of the request that it is serving. Outside of one nothing happens; nothing throws. */
export interface RequestSignals {
  readonly setActor: (actor: Actor) => void
  readonly recordAuthFailure: (reason: AuthFailureReason) => void
  readonly recordRateLimited: () => void
  readonly recordReplayBlocked: () => void
}

/** Notes on the request that `active` gives what is said of it. */
export function createRequestSignals(active: () => ServedRequest | undefined): RequestSignals {
  const note = (said: Partial<ServedRequest>): void => {
    const request = active()
    if (request !== undefined) Object.assign(request, said)
  }
  return {
    setActor(actor) {
      if (isOneOf(ACTORS, actor, 'setActor')) note({ actor })
    },
    recordAuthFailure(reason) {
      if (isOneOf(AUTH_FAILURE_REASONS, reason, 'recordAuthFailure')) note({ authFailure: reason })
    },
    recordRateLimited: () => note({ rateLimited: true }),
    recordReplayBlocked: () => note({ replayBlocked: true }),
  }
}

/** Whether a value, which JavaScript may give as it likes, is one that is known. It is not quoted: it may be a name or a key. */
function isOneOf(known: readonly string[], value: string, caller: string): boolean {
  if (known.includes(value)) return true
  diag.error(`${caller}() takes one of ${known.join(', ')}; what it was given is ignored`)
  return false
}
