import { ENV_THROUGHLINE_TRUSTED_PROXIES } from '@throughline/conventions'
import type { Reporter } from '../diagnostics.ts'
import type { EnvironmentSettings } from '../environment.ts'
import { createErrorTracker, type ErrorTracker } from '../errors/error-tracker.ts'
import type { Metrics } from '../metrics/instruments.ts'
import { readNetworks } from '../networks.ts'
import { createLateTracerCheck } from '../other-tracers.ts'
import type { OwnerSource } from '../owner-source.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { createAdmit } from '../trust/admit.ts'
import { createCallers } from '../trust/callers.ts'
import type { PageSignature } from '../trust/page-signature.ts'
import { countRestarts } from '../trust/restarts.ts'
import type { TrustRules } from '../trust/trust-rules.ts'
import { countAbuse } from './abuse-signals.ts'
import { countMismatches } from './audience-mismatch.ts'
import { createAddressReader } from './caller-address.ts'
import { createCredentialReader } from './credentials.ts'
import { createIncomingRequests, type IncomingRequests } from './incoming-requests.ts'
import { createServedRequests, type ServedRequests } from './served-requests.ts'
import { createTelemetryRequests, type TelemetryRequests } from './telemetry-requests.ts'

/** What requests are judged and counted by. */
export interface RequestWatchOptions {
  readonly service: string
  readonly owners: OwnerSource
  readonly settings: EnvironmentSettings
  readonly rules: TrustRules
  readonly pageSignature: PageSignature
  readonly metrics: Metrics
  readonly redactor: Redactor
  readonly reporter: Reporter
  /** Errors that a framework throws when nothing has failed. */
  readonly ignoreError: (error: unknown) => boolean
}

/** All that follows a request through this process. */
export interface RequestWatch {
  readonly requests: ServedRequests
  readonly incoming: IncomingRequests
  /** Those that bring telemetry themselves. */
  readonly reports: TelemetryRequests
  readonly errors: ErrorTracker
}

/** Lets requests in, follows them to their end, and counts what tells of abuse. */
export function watchRequests({
  service,
  owners: { resolver },
  settings,
  rules,
  pageSignature,
  metrics,
  redactor,
  reporter,
  ignoreError,
}: RequestWatchOptions): RequestWatch {
  const requests = createServedRequests(service, resolver)
  countRestarts(requests, metrics)
  const knowsInternal = !rules.internalPeers.isEmpty || rules.secrets.length > 0
  requests.listen(countMismatches(metrics, knowsInternal))
  requests.listen(countAbuse(metrics))

  const errors = createErrorTracker({
    service,
    resolver,
    requests,
    redactor,
    ignore: ignoreError,
    reporter,
  })
  const checkOtherTracers = createLateTracerCheck(reporter)
  const reports = createTelemetryRequests(requests)
  const callers = createCallers(rules)
  const admit = reports.silence(createAdmit({ service, resolver, callers, pageSignature }))
  const proxies = readNetworks(
    ENV_THROUGHLINE_TRUSTED_PROXIES,
    settings.trust.trustedProxies,
    reporter,
  )
  const incoming = createIncomingRequests({
    served: requests,
    admit(request) {
      checkOtherTracers()
      errors.look()
      return admit(request)
    },
    readCredential: createCredentialReader(settings.credentials),
    readAddress: createAddressReader(proxies),
  })
  return { requests, incoming, reports, errors }
}
