import { TraceFlags, type SpanContext } from '@opentelemetry/api'
import {
  HEADER_TRACEPARENT,
  HEADER_TRACESTATE,
  TRACESTATE_KEY_THROUGHLINE,
} from '@throughline/conventions'
import type { BrowserIntake } from '@throughline/node/runtime'
import { RandomIdGenerator } from '@opentelemetry/sdk-trace'
import type { BrowserReport } from '../client/report.ts'
import { makeBrowserSpans } from './browser-spans.ts'
import { readLimited } from './limited-body.ts'
import { parseReport } from './parse-report.ts'
import { createRateLimiter } from './rate-limit.ts'
import { STATUS_OF_REFUSAL, type Refusal } from './refusal.ts'
import { createReportClock } from './report-clock.ts'
import { createReportMetrics } from './report-metrics.ts'
import { isSameOrigin } from './same-origin.ts'

/** A beacon holds no more. */
const MAX_BYTES = 64 * 1024

/**
 * A page reports every few seconds at most, and behind one address there may be an office. All of it together is less
 * than what one process can take: about a millisecond of work for a report that is full.
 */
const LIMITS = {
  perSource: { burst: 120, perSecond: 20 },
  inAll: { burst: 600, perSecond: 200 },
  maxSources: 10_000,
} as const

/** Takes the reports of pages: see {@link createReportRoute}. */
export type ReportRoute = (request: Request) => Promise<Response>

/**
 * Makes the route that takes what the pages of this application report, and nothing else.
 *
 * Answers 204, and refuses by 403, 429, 415, 413 and 400. It is no way for a stranger to write into a trace: a report
 * is of the trace that we signed for its page, else of one that we derive, and answer signed.
 */
export function createReportRoute(intake: BrowserIntake): ReportRoute {
  const limiter = createRateLimiter(LIMITS)
  const metrics = createReportMetrics(intake)
  const ids = new RandomIdGenerator()

  const refuse = (refusal: Refusal, headers: Record<string, string> = {}): Response => {
    metrics.countRefused(refusal)
    return new Response(null, { status: STATUS_OF_REFUSAL[refusal], headers })
  }
  const take = (report: BrowserReport): Response => {
    const { page, headers } = findTrace(report, intake)
    metrics.count(report, page)
    if (page.traceFlags !== 0) {
      const clock = createReportClock(report, Date.now())
      const spans = makeBrowserSpans(report, {
        intake,
        page,
        clock,
        newSpanId: () => ids.generateSpanId(),
      })
      for (const span of spans) intake.send(span)
    }
    return new Response(null, { status: 204, headers })
  }

  return async request => {
    const source = intake.claimRequest()
    if (!isSameOrigin(request.headers)) return refuse('cross_site')
    const waitSeconds = limiter.take(source ?? '')
    if (waitSeconds > 0) return refuse('rate_limited', { 'retry-after': String(waitSeconds) })
    const type = request.headers.get('content-type') ?? ''
    if (!/^application\/json\s*(?:;|$)/i.test(type)) return refuse('content_type')
    const body = await readLimited(request, MAX_BYTES)
    if (body.outcome !== 'read') return refuse(body.outcome)
    const report = parseReport(body.text)
    return report === undefined ? refuse('malformed') : take(report)
  }
}

/** The span of the page that a report is of, and the headers by which a page that had no trace of ours is given one. */
function findTrace(
  { trace, signature }: BrowserReport,
  { pageSignature, deriveTraceId, samples }: BrowserIntake,
): { readonly page: SpanContext; readonly headers: Record<string, string> } {
  const [, said = '', spanId = '', flags] = trace.split('-')
  const traceFlags = Number.parseInt(flags ?? '', 16) & TraceFlags.SAMPLED
  const claimed = { traceId: said, traceFlags }
  if (signature !== undefined && pageSignature.check(signature, claimed) === 'valid')
    return { page: { ...claimed, spanId }, headers: {} }
  const traceId = deriveTraceId(said)
  const page = {
    traceId,
    spanId,
    traceFlags: samples(traceId) ? TraceFlags.SAMPLED : TraceFlags.NONE,
  }
  return {
    page,
    headers: {
      [HEADER_TRACEPARENT]: `00-${traceId}-${spanId}-0${page.traceFlags}`,
      [HEADER_TRACESTATE]: `${TRACESTATE_KEY_THROUGHLINE}=${pageSignature.sign(page)}`,
    },
  }
}
