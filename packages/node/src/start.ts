import { startRuntime } from './runtime.ts'
import type { Telemetry } from './telemetry.ts'

/** Options of {@link start}. What is given here wins over the environment. */
export interface StartOptions {
  /** Name of the service, as in the catalog. @default `OTEL_SERVICE_NAME`, else the name in the nearest package.json */
  readonly service?: string
  /** Path of `ownership.yaml`. @default `THROUGHLINE_CATALOG`, else the nearest one from the application's folder upwards */
  readonly catalog?: string
}

/**
 * Starts tracing and metrics in this process and gives the handle that stops them.
 *
 * Call it before the libraries that are to be traced are loaded; where that is hard, start the process with
 * `--import @throughline/node/register` instead, which does the same. Throws when something traces this process
 * already, naming it; never because of a collector or a catalog.
 *
 * @example
 * import { start } from '@throughline/node'
 * const telemetry = start({ service: 'partner-api' })
 * // …
 * await telemetry.shutdown()
 */
export function start(options: StartOptions = {}): Telemetry {
  return startRuntime({ ...options, startedBy: 'start() of @throughline/node' })
}
