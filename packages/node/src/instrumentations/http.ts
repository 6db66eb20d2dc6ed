import { ServerResponse, type IncomingMessage } from 'node:http'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { context, type Attributes } from '@opentelemetry/api'
import { isTracingSuppressed } from '@opentelemetry/core'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import type { IncomingRequests } from '../requests/incoming-requests.ts'
import type { OutgoingTrust } from '../trust/outgoing-trust.ts'
import { spellOutHeaders } from './listed-headers.ts'

/** How requests that come in, and calls that go out, are traced. */
export interface HttpOptions {
  /** Requests for which it is true make no trace and no metric. */
  readonly ignoreRequest: (request: IncomingMessage) => boolean
  /** Attributes for the server span, from its start. */
  readonly describeRequest?: (request: IncomingMessage) => Attributes
  readonly incoming: IncomingRequests
  readonly outgoing: OutgoingTrust
}

/** Traces node:http and node:https, incoming and outgoing. */
export function createHttpInstrumentation({
  ignoreRequest,
  describeRequest,
  incoming,
  outgoing,
}: HttpOptions): HttpInstrumentation {
  return new HttpInstrumentation({
    ignoreIncomingRequestHook: ignoreRequest,
    ignoreOutgoingRequestHook: isOurOwnCall,
    startIncomingSpanHook: request => ({
      ...incoming.arrive(request),
      ...describeRequest?.(request),
    }),
    startOutgoingSpanHook(options) {
      spellOutHeaders(options)
      return outgoing.judgeHttp(options)
    },
    responseHook: (span, response) => {
      if (response instanceof ServerResponse) incoming.follow(span, response)
    },
  })
}
/** Whether telemetry itself is calling: what it sends is neither a span nor a measurement of the application. */
export const isOurOwnCall = (): boolean => isTracingSuppressed(context.active())

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
