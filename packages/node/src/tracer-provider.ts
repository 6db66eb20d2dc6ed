import type { Tracer, TracerProvider } from '@opentelemetry/api'

/** Gives the tracer that a scope gets in place of `tracer`; `tracer` itself to leave it alone. */
export type TracerFor = (scope: string, tracer: Tracer) => Tracer

/** `provider`, with each tracer passed through `tracerFor` once. */
export function replaceTracers(provider: TracerProvider, tracerFor: TracerFor): TracerProvider {
  const tracers = new Map<string, Tracer>()
  return {
    getTracer(name, version, options) {
      const key = `${name}@${version ?? ''}:${options?.schemaUrl ?? ''}`
      const known = tracers.get(key)
      if (known !== undefined) return known
      const tracer = tracerFor(name, provider.getTracer(name, version, options))
      tracers.set(key, tracer)
      return tracer
    },
  }
}
