import type { IncomingMessage } from 'node:http'
import type { Attributes } from '@opentelemetry/api'
import type { TracerFor } from './tracer-provider.ts'

/** What starts telemetry. Every field but `startedBy` has a default; what is given here wins over the environment. */
export interface RuntimeOptions {
  /** Who starts, in the words that a second start is refused with. */
  readonly startedBy: string
  /** Name of the service. @default `OTEL_SERVICE_NAME`, else the name in the nearest package.json */
  readonly service?: string
  /** Path of `ownership.yaml`. @default `THROUGHLINE_CATALOG`, else the nearest one from the application's folder upwards */
  readonly catalog?: string
  /** Folder of the application; what it has installed decides what is instrumented. @default the main script's */
  readonly folder?: string
  /** Replaces tracers by scope. */
  readonly tracerFor?: TracerFor
  /** Paths whose requests make no trace and no metric. */
  readonly ignoreIncomingPath?: (path: string) => boolean
  /** Attributes for the server span of a request, from its start. */
  readonly describeRequest?: (request: IncomingMessage) => Attributes
  /** Whether what a trace is injected into is written into a page, so that the page's own calls continue it. */
  readonly isPageCarrier?: (carrier: unknown) => boolean
  /** Whether an error is how the framework goes another way, so that nothing has failed. */
  readonly ignoreError?: (error: unknown) => boolean
  /** Whether the framework tells of requests that were not seen to arrive. @default false */
  readonly adoptsRequests?: boolean
  /** @default process.env */
  readonly environment?: NodeJS.ProcessEnv
}
