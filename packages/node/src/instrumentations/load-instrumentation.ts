import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Instrumentation } from '@opentelemetry/instrumentation'

type InstrumentationClass = new (config: object) => Instrumentation

const require = createRequire(import.meta.url)

/**
 * Loads an instrumentation package of ours and gives the class it exports.
 *
 * Synchronous, since `start()` is; by the path of its ES module, since by name `require` would take the CommonJS
 * build and load a second copy of everything below it.
 */
export function loadInstrumentation(name: string, exportName: string): InstrumentationClass {
  const path = fileURLToPath(import.meta.resolve(`@opentelemetry/instrumentation-${name}`))
  return (require(path) as Record<string, InstrumentationClass>)[exportName] as InstrumentationClass
}
