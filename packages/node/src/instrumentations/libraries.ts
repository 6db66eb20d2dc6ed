import { diag } from '@opentelemetry/api'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { Metrics } from '../metrics/instruments.ts'
import { LIBRARIES } from './library-list.ts'
import { loadInstrumentation } from './load-instrumentation.ts'

/** Which library instrumentations to load. */
export interface LibraryOptions {
  /** Whether the application has a package. */
  readonly has: (packageName: string) => boolean
  /** Whether the instrumentation of that name is allowed. */
  readonly allowed: (name: string) => boolean
  /** For what an instrumentation does not measure well itself. */
  readonly metrics: Metrics
}

/** Loads the instrumentations whose library the application has. One that fails to load is reported and left out. */
export function createLibraryInstrumentations({
  has,
  allowed,
  metrics,
}: LibraryOptions): Instrumentation[] {
  return LIBRARIES.filter(
    ({ name, targets, unless }) =>
      allowed(name) && targets.some(has) && !(unless !== undefined && has(unless)),
  ).flatMap(({ name, exportName, config = {}, mend }) => {
    try {
      const Instrumentation = loadInstrumentation(name, exportName)
      const instrumentation = new Instrumentation(config)
      mend?.(instrumentation, metrics)
      return [instrumentation]
    } catch (error) {
      diag.error(`instrumentation "${name}" failed to load; its library is not traced`, error)
      return []
    }
  })
}
