import {
  HEADER_IDEMPOTENCY_REPLAYED,
  HEADER_IDEMPOTENT_REPLAYED,
  HTTP_ROUTE_VALUE_UNMATCHED,
  METRIC_THROUGHLINE_AUTH_FAILURES,
  METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE,
  METRIC_THROUGHLINE_RATE_LIMITED,
  METRIC_THROUGHLINE_REPLAYS_BLOCKED,
} from '@throughline/conventions'
import type { Metrics } from '../metrics/instruments.ts'
import { networkOf } from './caller-address.ts'
import { createFailingSources, type FailingSources } from './failing-sources.ts'
import type { AuthFailureReason, FinishedRequest, RequestListener } from './request.ts'

/** Methods that change nothing, so that there is nothing to replay. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'])

/**
 * Counts auth failures, refusals for asking too often and blocked replays: by what the application said of a request, else
 * by its answer; and the failures of the source that fails most.
 */
export function countAbuse(
  metrics: Metrics,
  sources: FailingSources = createFailingSources(),
): RequestListener {
  const failures = metrics.instrument(METRIC_THROUGHLINE_AUTH_FAILURES)
  const limited = metrics.instrument(METRIC_THROUGHLINE_RATE_LIMITED)
  const replays = metrics.instrument(METRIC_THROUGHLINE_REPLAYS_BLOCKED)
  showWorst(metrics, sources)
  return request => {
    const { route = HTTP_ROUTE_VALUE_UNMATCHED } = request
    const reason = request.authFailure ?? reasonOf(request.status)
    if (reason !== undefined) {
      failures.add([route, reason], 1)
      const source = reason === 'unverifiable' ? undefined : request.readSource()
      if (source !== undefined) sources.add(route, networkOf(source))
    }
    if (request.rateLimited === true || request.status === 429) limited.add([route], 1)
    if (request.replayBlocked === true || isReplay(request)) replays.add([route], 1)
  }
}

function reasonOf(status: number | undefined): AuthFailureReason | undefined {
  if (status === 401) return 'unauthenticated'
  return status === 403 ? 'forbidden' : undefined
}

function isReplay({ method, answerHeader }: FinishedRequest): boolean {
  if (SAFE_METHODS.has(method)) return false
  const replayed =
    answerHeader(HEADER_IDEMPOTENCY_REPLAYED) ?? answerHeader(HEADER_IDEMPOTENT_REPLAYED)
  return replayed !== undefined && /^(?:true|1)$/i.test(replayed)
}

function showWorst(metrics: Metrics, sources: FailingSources): void {
  const gauge = metrics.instrument(METRIC_THROUGHLINE_AUTH_FAILURES_SINGLE_SOURCE)
  let shown: Iterable<string> = []
  metrics.onScrape(() => {
    const worst = sources.worst()
    for (const route of shown) if (!worst.has(route)) gauge.remove([route])
    for (const [route, count] of worst) gauge.set([route], count)
    shown = [...worst.keys()]
  })
}
