import { suppressTracing } from '@opentelemetry/core'
import type { Admit } from '../trust/admission.ts'
import { networkOf } from './caller-address.ts'
import type { ServedRequests } from './served-requests.ts'

/** Most paths that are known to bring telemetry: an application has one. */
const MAX_PATHS = 8

/** The requests that bring telemetry to this process. They are measured as others are, and told of nowhere. */
export interface TelemetryRequests {
  /**
   * Says that the request that is being served here is one of them, and so are those to its path that follow. Gives the
   * network of its caller, where it is known.
   */
  readonly claim: () => string | undefined
  /** An {@link Admit} like `admit`, by which they make no trace. */
  silence(admit: Admit): Admit
}

/** Learns by {@link TelemetryRequests.claim} which requests these are: the first one of a path still makes a trace. */
export function createTelemetryRequests(served: Pick<ServedRequests, 'active'>): TelemetryRequests {
  const paths = new Set<string>()
  return {
    claim() {
      const request = served.active()
      if (request === undefined) return undefined
      request.bringsTelemetry = true
      if (paths.size < MAX_PATHS) paths.add(request.path)
      const source = request.readSource()
      return source === undefined ? undefined : networkOf(source)
    },
    silence: admit => request => {
      const admission = admit(request)
      if (!paths.has(request.path)) return admission
      return { ...admission, parent: suppressTracing(admission.parent) }
    },
  }
}
