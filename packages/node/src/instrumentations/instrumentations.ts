import type { LoggerProvider, MeterProvider, TracerProvider } from '@opentelemetry/api'
import { registerInstrumentations, type Instrumentation } from '@opentelemetry/instrumentation'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import type { Metrics } from '../metrics/instruments.ts'
import { createPackageFinder } from './application-packages.ts'
import { observeFastify } from './fastify.ts'
import {
  applyHttpPatches,
  createHttpInstrumentation,
  isOurOwnCall,
  type HttpOptions,
} from './http.ts'
import { seeImportedCommonJs } from './imported-commonjs.ts'
import { createLibraryInstrumentations } from './libraries.ts'

/** What to instrument, and where its spans and measurements go. */
export interface InstrumentationOptions extends HttpOptions {
  readonly tracerProvider: TracerProvider
  readonly meterProvider: MeterProvider
  /** Where the application's own log lines go, too; undefined when they go nowhere. */
  readonly loggerProvider: LoggerProvider | undefined
  readonly metrics: Metrics
  /** Folder of the application: what it has installed decides what is loaded. */
  readonly folder: string
  readonly enabled: readonly string[] | undefined
  readonly disabled: readonly string[]
  /** Called when a request has failed by an error, in its context. */
  readonly onRequestFailed: (error: unknown) => void
}

/** Instruments http, https, fetch, Fastify and the libraries that the application has; returns what undoes it. */
export function instrument({
  tracerProvider,
  meterProvider,
  loggerProvider,
  metrics,
  folder,
  enabled,
  disabled,
  onRequestFailed,
  ...http
}: InstrumentationOptions): () => void {
  const has = createPackageFinder(folder)
  const allowed = (name: string): boolean =>
    (enabled === undefined || enabled.includes(name)) && !disabled.includes(name)
  const instrumentations: Instrumentation[] = [
    ...(allowed('http') ? [createHttpInstrumentation(http)] : []),
    ...(allowed('undici')
      ? [
          new UndiciInstrumentation({
            ignoreRequestHook: isOurOwnCall,
            startSpanHook: call => http.outgoing.judgeUndici(call),
          }),
        ]
      : []),
    ...createLibraryInstrumentations({
      has,
      allowed,
      sendLogs: loggerProvider !== undefined,
      metrics,
      outgoing: http.outgoing,
    }),
  ]
  const unregister = registerInstrumentations({ instrumentations, tracerProvider, meterProvider })
  const stopSeeing = seeImportedCommonJs()
  const stopFastify = allowed('fastify') ? observeFastify(onRequestFailed) : undefined
  applyHttpPatches()
  return () => {
    stopFastify?.()
    stopSeeing()
    unregister()
  }
}
