import { trace, type TracerProvider } from '@opentelemetry/api'
import { ThroughlineError } from '@throughline/conventions'
import type { BrowserIntake } from './browser-intake.ts'
import type { ErrorTracker } from './errors/error-tracker.ts'
import type { Logs } from './logs/logs.ts'
import { findOtherTracer } from './other-tracers.ts'
import type { IncomingRequests } from './requests/incoming-requests.ts'
import type { RequestSignals } from './requests/request-signals.ts'
import type { ServedRequests } from './requests/served-requests.ts'
import { TELEMETRY_SLOT } from './slot-key.ts'
import type { Telemetry } from './telemetry.ts'

/** What runs in this process. */
export interface Slot {
  readonly startedBy: string
  readonly telemetry: Telemetry
  /** Undefined when telemetry is disabled. */
  readonly requests: ServedRequests | undefined
  /** Undefined when telemetry is disabled. */
  readonly signals: RequestSignals | undefined
  /** Undefined when telemetry is disabled. */
  readonly logs: Logs | undefined
  /** Undefined when telemetry is disabled. */
  readonly errors: ErrorTracker | undefined
  /** Undefined when telemetry is disabled. */
  readonly incoming: IncomingRequests | undefined
  /** Undefined when telemetry is disabled. */
  readonly browsers: BrowserIntake | undefined
}

type Globals = typeof globalThis & Record<symbol | string, unknown>

/** The telemetry that runs in this process, or undefined. */
export function activeTelemetry(): Telemetry | undefined {
  return ((globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined)?.telemetry
}

/** The requests that this process is serving, or undefined when nothing follows them. */
export function servedRequests(): ServedRequests | undefined {
  return ((globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined)?.requests
}

/** The logs of this process, or undefined when telemetry does not run. */
export function runningLogs(): Logs | undefined {
  return ((globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined)?.logs
}

/** Who is told of the application's errors, or undefined when telemetry does not run. */
export function errorTracker(): ErrorTracker | undefined {
  return ((globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined)?.errors
}

/** How requests come in, or undefined when nothing follows them. */
export function incomingRequests(): IncomingRequests | undefined {
  return ((globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined)?.incoming
}

/** What becomes of that which browsers report, or undefined when telemetry does not run. */
export function browserIntake(): BrowserIntake | undefined {
  return ((globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined)?.browsers
}

/** Who started the telemetry that runs in this process, in its own words, or undefined. */
export function telemetryStarter(): string | undefined {
  return ((globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined)?.startedBy
}

/** Takes the process's slot, until {@link releaseSlot}. */
export function takeSlot(taken: Slot): void {
  ;(globalThis as Globals)[TELEMETRY_SLOT] = taken
}

/** Frees the slot, so that a later start is the first again. */
export function releaseSlot(): void {
  delete (globalThis as Globals)[TELEMETRY_SLOT]
}

/**
 * Throws when something in this process traces already, naming it.
 *
 * Two tracers split a trace or leak one user's scope into another's, and each is silent about it.
 */
export function assertFirst(startedBy: string): void {
  const first = findFirst()
  if (first === undefined) return
  throw new ThroughlineError(
    `${startedBy} was not started: ${first.name} already traces this process`,
    {
      code: 'TELEMETRY_ALREADY_STARTED',
      fix: first.fix,
    },
  )
}

function findFirst(): { name: string; fix: string } | undefined {
  const ours = (globalThis as Globals)[TELEMETRY_SLOT] as Slot | undefined
  if (ours !== undefined) {
    return {
      name: ours.startedBy,
      fix: 'Start Throughline once a process: either by --import or by start(), not both.',
    }
  }
  const other = findOtherTracer()
  if (other !== undefined) return other
  const provider = registeredProvider()
  if (provider === undefined) return undefined
  if (provider.startsWith('Sentry')) {
    return {
      name: `Sentry (${provider})`,
      fix: 'Pass `enableOpenTelemetrySetup: false` to Sentry.init, so that Sentry holds errors and Throughline traces.',
    }
  }
  return {
    name: `another OpenTelemetry set-up (${provider})`,
    fix: 'Remove the other set-up: its NodeSDK, registerOTel() or provider.register() call, or its --import.',
  }
}

/** Class name of the tracer provider that is registered with the OpenTelemetry API, if one is. */
function registeredProvider(): string | undefined {
  const provider = trace.getTracerProvider() as TracerProvider & { getDelegate?: () => object }
  const delegate = provider.getDelegate === undefined ? provider : provider.getDelegate()
  // A bundler tells classes of one name apart by a suffix.
  const name = delegate.constructor.name.replace(/\$\d+$/, '')
  return name === 'NoopTracerProvider' || name === 'ProxyTracerProvider' ? undefined : name
}
