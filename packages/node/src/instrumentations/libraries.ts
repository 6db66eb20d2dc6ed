import { diag } from '@opentelemetry/api'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import { LIBRARIES, type MendingMeans } from './library-list.ts'
import { loadInstrumentation } from './load-instrumentation.ts'

/** Which library instrumentations to load. */
export interface LibraryOptions extends MendingMeans {
  /** Whether the application has a package. */
  readonly has: (packageName: string) => boolean
  /** Whether the instrumentation of that name is allowed. */
  readonly allowed: (name: string) => boolean
  /** Whether what the application logs is sent by OTLP, too. */
  readonly sendLogs: boolean
}

/** Loads the instrumentations whose library the application has. One that fails to load is reported and left out. */
export function createLibraryInstrumentations({
  has,
  allowed,
  sendLogs,
  ...means
}: LibraryOptions): Instrumentation[] {
  return LIBRARIES.filter(
    ({ name, targets, unless }) =>
      allowed(name) && targets.some(has) && !(unless !== undefined && has(unless)),
  ).flatMap(({ name, exportName, config = {}, writesLogs, mend }) => {
    try {
      const Instrumentation = loadInstrumentation(name, exportName)
      const logs = writesLogs && { disableLogSending: !sendLogs }
      const instrumentation = new Instrumentation({ ...config, ...logs })
      mend?.(instrumentation, means)
      return [instrumentation]
    } catch (error) {
      diag.error(`instrumentation "${name}" failed to load; its library is not traced`, error)
      return []
    }
  })
}
