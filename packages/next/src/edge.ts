/** Does nothing: the edge runtime has no Node.js process to trace. Its requests are seen by the server that forwards them. */
export function register(): void {}

/** Does nothing in the edge runtime. */
export function onRequestError(): void {}

// They find no telemetry to tell in the edge runtime, nor in a browser, and do nothing.
export {
  recordAuthFailure,
  recordRateLimited,
  recordReplayBlocked,
  setActor,
  type Actor,
  type AuthFailureReason,
} from '@throughline/node/signals'
