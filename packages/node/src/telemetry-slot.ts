import { trace, type TracerProvider } from '@opentelemetry/api'
import { ThroughlineError } from '@throughline/conventions'
import type { Telemetry } from './telemetry.ts'

// One slot a process, shared by every copy of this package that is loaded.
const slot = Symbol.for('throughline.telemetry.v1')

interface Slot {
  readonly startedBy: string
  readonly telemetry: Telemetry
}

type Globals = typeof globalThis & Record<symbol | string, unknown>

/** The telemetry that runs in this process, or undefined. */
export function activeTelemetry(): Telemetry | undefined {
  return ((globalThis as Globals)[slot] as Slot | undefined)?.telemetry
}

/** Who started the telemetry that runs in this process, in its own words, or undefined. */
export function telemetryStarter(): string | undefined {
  return ((globalThis as Globals)[slot] as Slot | undefined)?.startedBy
}

/** Takes the process's slot, until {@link releaseSlot}. */
export function takeSlot(startedBy: string, telemetry: Telemetry): void {
  ;(globalThis as Globals)[slot] = { startedBy, telemetry } satisfies Slot
}

/** Frees the slot, so that a later start is the first again. */
export function releaseSlot(): void {
  delete (globalThis as Globals)[slot]
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
  const ours = (globalThis as Globals)[slot] as Slot | undefined
  if (ours !== undefined) {
    return {
      name: ours.startedBy,
      fix: 'Start Throughline once a process: either by --import or by start(), not both.',
    }
  }
  if ((globalThis as Globals)[Symbol.for('dd-trace')] !== undefined) {
    return {
      name: 'dd-trace',
      fix: 'Remove dd-trace from the start command, or do not start Throughline.',
    }
  }
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
