import type { IncomingMessage } from 'node:http'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'

/** Traces node:http and node:https, incoming and outgoing. Requests for which `ignore` is true make no trace and no metric. */
export function createHttpInstrumentation(ignore: (request: IncomingMessage) => boolean): HttpInstrumentation {
  return new HttpInstrumentation({ ignoreIncomingRequestHook: ignore })
}

/**
 * Makes the patches of http and https hold for everybody, now.
 *
 * They are applied when a module is next required, which may be never: an ES module imports http without requiring
 * it, and Next.js has loaded it before any code of the application runs. Requiring both here and syncing the named
 * exports of the built-ins does it without a loader hook.
 */
export function applyHttpPatches(): void {
  const require = createRequire(import.meta.url)
  require('node:http')
  require('node:https')
  syncBuiltinESMExports()
}
