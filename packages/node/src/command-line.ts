import { startRuntime } from './runtime.ts'
import { startOrSay } from './start-failure.ts'

/** Starts telemetry for `--import @throughline/node/register`. What goes wrong is said on stderr; the application runs anyway. */
export function startFromCommandLine(): void {
  startOrSay(() => startRuntime({ startedBy: '--import @throughline/node/register' }))
}
