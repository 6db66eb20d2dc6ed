import type { MeterProvider, TracerProvider } from '@opentelemetry/api'
import { registerInstrumentations, type Instrumentation } from '@opentelemetry/instrumentation'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import type { Metrics } from '../metrics/instruments.ts'
import { createPackageFinder } from './application-packages.ts'
import { observeFastify } from './fastify.ts'
import {
  applyHttpPatches,
  createHttpInstrumentation,
  isOurOwnCall,
  type IncomingOptions,
} from './http.ts'
import { seeImportedCommonJs } from './imported-commonjs.ts'
import { createLibraryInstrumentations } from './libraries.ts'

/** What to instrument, and where its spans and measurements go. */
export interface InstrumentationOptions extends IncomingOptions {
  readonly tracerProvider: TracerProvider
  readonly meterProvider: MeterProvider
  readonly metrics: Metrics
  /** Folder of the application: what it has installed decides what is loaded. */
  readonly folder: string
  readonly enabled: readonly string[] | undefined
  readonly disabled: readonly string[]
}

/** Instruments http, https, fetch, Fastify and the libraries that the application has; returns what undoes it. */
export function instrument({
  tracerProvider,
  meterProvider,
  metrics,
  folder,
  enabled,
  disabled,
  ...incoming
}: InstrumentationOptions): () => void {
  const has = createPackageFinder(folder)
  const allowed = (name: string): boolean =>
    (enabled === undefined || enabled.includes(name)) && !disabled.includes(name)
  const instrumentations: Instrumentation[] = [
    ...(allowed('http') ? [createHttpInstrumentation(incoming)] : []),
    ...(allowed('undici') ? [new UndiciInstrumentation({ ignoreRequestHook: isOurOwnCall })] : []),
    ...createLibraryInstrumentations({ has, allowed, metrics }),
  ]
  const unregister = registerInstrumentations({ instrumentations, tracerProvider, meterProvider })
  const stopSeeing = seeImportedCommonJs()
  const stopFastify = allowed('fastify') ? observeFastify() : undefined
  applyHttpPatches()
  return () => {
    stopFastify?.()
    stopSeeing()
    unregister()
  }
}
