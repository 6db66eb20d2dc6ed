export {
  recordAuthFailure,
  recordRateLimited,
  recordReplayBlocked,
  setActor,
  type Actor,
  type AuthFailureReason,
} from './signals.ts'
export { start, type StartOptions } from './start.ts'
export { activeTelemetry } from './telemetry-slot.ts'
export { SHUTDOWN_DEADLINE_MS, type Telemetry } from './telemetry.ts'
