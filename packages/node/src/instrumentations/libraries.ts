import { diag } from '@opentelemetry/api'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import { LIBRARIES } from './library-list.ts'
import { loadInstrumentation } from './load-instrumentation.ts'

/** Which library instrumentations to load. */
export interface LibraryOptions {
  /** Whether the application has a package. */
  readonly has: (packageName: string) => boolean
  /** Whether the instrumentation of that name is allowed. */
  readonly allowed: (name: string) => boolean
}

/** Loads the instrumentations whose library the application has. One that fails to load is reported and left out. */
export function createLibraryInstrumentations({ has, allowed }: LibraryOptions): Instrumentation[] {
  return LIBRARIES.filter(
    ({ name, targets, unless }) =>
      allowed(name) && targets.some(has) && !(unless !== undefined && has(unless)),
  ).flatMap(({ name, exportName, config = {} }) => {
    try {
      const Instrumentation = loadInstrumentation(name, exportName)
      return [new Instrumentation(config)]
    } catch (error) {
      diag.error(`instrumentation "${name}" failed to load; its library is not traced`, error)
      return []
    }
  })
}
