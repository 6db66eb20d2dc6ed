import type { Registry } from 'prom-client'

/** Telemetry that runs in this process. */
export interface Telemetry {
  /** Name of the service, as on every span. */
  readonly service: string
  /** Where `/metrics` is served, or undefined when it is not (yet). */
  readonly metricsUrl: string | undefined
  /** Registry behind `/metrics`: register an application's own prom-client metrics here. */
  readonly registry: Registry
  /**
   * Sends what is finished. Resolves when the collector has it, when the exporter has given up, and after
   * {@link SHUTDOWN_DEADLINE_MS} in any case; never rejects.
   */
  flush(): Promise<void>
  /**
   * Flushes and stops, within {@link SHUTDOWN_DEADLINE_MS} whatever the collector does; never rejects.
   * A second call returns the first one's promise.
   */
  shutdown(): Promise<void>
}

/** Most that telemetry adds to the end of a process, in milliseconds. */
export const SHUTDOWN_DEADLINE_MS = 1000
