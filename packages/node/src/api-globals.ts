import { context, diag, logs, metrics, propagation, trace } from '@opentelemetry/api'
import type {
  ContextManager,
  LoggerProvider,
  MeterProvider,
  TextMapPropagator,
  TracerProvider,
} from '@opentelemetry/api'

/** What the OpenTelemetry API hands to every library of this process. */
export interface ApiGlobals {
  readonly contextManager: ContextManager
  readonly propagator: TextMapPropagator
  readonly tracerProvider: TracerProvider
  readonly meterProvider: MeterProvider
  /** Undefined when logs are sent nowhere. */
  readonly loggerProvider: LoggerProvider | undefined
}

/** Registers the globals with the OpenTelemetry API; returns what takes them back, logger included. */
export function registerGlobals(globals: ApiGlobals): () => void {
  context.setGlobalContextManager(globals.contextManager)
  propagation.setGlobalPropagator(globals.propagator)
  trace.setGlobalTracerProvider(globals.tracerProvider)
  metrics.setGlobalMeterProvider(globals.meterProvider)
  if (globals.loggerProvider !== undefined) logs.setGlobalLoggerProvider(globals.loggerProvider)
  return () => {
    for (const api of [trace, metrics, logs, propagation, context, diag]) api.disable()
  }
}
