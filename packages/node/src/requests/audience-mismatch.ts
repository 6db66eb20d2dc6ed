import type { Audience } from '@throughline/catalog'
import {
  ATTR_THROUGHLINE_AUDIENCE_MISMATCH,
  HTTP_ROUTE_VALUE_UNMATCHED,
  METRIC_THROUGHLINE_AUDIENCE_MISMATCH,
} from '@throughline/conventions'
import type { Metrics } from '../metrics/instruments.ts'
import type { Caller, Credential, RequestListener } from './request.ts'

/**
 * Counts the requests whose credentials do not fit the audience of their route, and shows it on their spans. None is
 * refused.
 *
 * `knowsInternal` says whether internal callers can be told at all: where they cannot, a route for them fits everybody.
 */
export function countMismatches(metrics: Metrics, knowsInternal: boolean): RequestListener {
  const mismatches = metrics.instrument(METRIC_THROUGHLINE_AUDIENCE_MISMATCH)
  return ({
    owner: { audience },
    credential,
    caller,
    route = HTTP_ROUTE_VALUE_UNMATCHED,
    span,
  }) => {
    if (audience === undefined || fits(audience, credential, caller, knowsInternal)) return
    mismatches.add([route, audience, credential], 1)
    span.setAttribute(ATTR_THROUGHLINE_AUDIENCE_MISMATCH, credential)
  }
}

function fits(
  audience: Audience,
  credential: Credential,
  caller: Caller,
  knowsInternal: boolean,
): boolean {
  switch (audience) {
    case 'public':
      return true
    case 'partner':
      return credential !== 'session'
    case 'browser':
    case 'admin':
      return credential !== 'api-key'
    case 'internal':
      return !knowsInternal || caller === 'internal'
  }
}
