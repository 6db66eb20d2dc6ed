import { createRequire } from 'node:module'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import { packagePath } from '../package-path.ts'

type InstrumentationClass = new (config: object) => Instrumentation

const require = createRequire(import.meta.url)

/**
 * Loads an instrumentation package of ours and gives the class it exports.
 *
 * Synchronous, since `start()` is.
 */
export function loadInstrumentation(name: string, exportName: string): InstrumentationClass {
  const path = packagePath(`@opentelemetry/instrumentation-${name}`)
  return (require(path) as Record<string, InstrumentationClass>)[exportName] as InstrumentationClass
}
