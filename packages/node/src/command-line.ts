import { ThroughlineError } from '@throughline/conventions'
import { startRuntime } from './runtime.ts'

/** Starts telemetry for `--import @throughline/node/register`. What goes wrong is said on stderr; the application runs anyway. */
export function startFromCommandLine(): void {
  try {
    startRuntime({ startedBy: '--import @throughline/node/register' })
  } catch (error) {
    const words = ThroughlineError.is(error)
      ? `${error.message}. ${error.fix}`
      : (error as Error).stack
    process.stderr.write(`throughline: ${words}\n`)
  }
}
