import { ENV_OTEL_TRACES_SAMPLER } from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import type { Gap } from '../gap.ts'
import { nameOfCallee } from './callee.ts'
import type { GapSubject } from './gap-subject.ts'
import { findServing, findUnansweredCalls } from './unanswered-calls.ts'

/** W3C trace flag: the trace is recorded. */
const SAMPLED = 1

/** Calls to services that do send spans, of which the other side is not here. */
export function findSampledOut(subject: GapSubject): Gap[] {
  const { surroundings } = subject
  const serving = findServing(subject)
  return findUnansweredCalls(subject).flatMap(({ place, span, callee }): Gap[] => {
    const { service, kind } = callee
    if (service === undefined || kind === 'external' || !serving.has(service)) return []
    const lost = surroundings.dropped?.find(dropped => dropped.service === service)
    return [
      {
        reason: 'sampled-out',
        weight: 'gap',
        span: place,
        sentence: `The other side of this call is not here: ${nameOfCallee(callee)} sends spans, and none of this call.`,
        evidence: [
          `${service} has sent spans of other requests.`,
          `${span.service} sent it the trace header, and got an answer.`,
          tellFlags(span),
          ...tellSampling(span),
          ...(lost === undefined
            ? []
            : [
                `${service} says that it lost ${lost.spans} spans (${lost.reason}): this may be one of them.`,
              ]),
        ],
        certain: false,
        mend: `Let ${service} follow its callers: ${ENV_OTEL_TRACES_SAMPLER}=parentbased_always_on, and no tail sampling by service in the collector. If it is so already, something between the two takes the header traceparent away.`,
        linked: undefined,
      },
    ]
  })
}

const tellFlags = ({ flags, service }: SpanRecord): string =>
  (flags & SAMPLED) === SAMPLED
    ? `${service} said in the header that this trace is recorded, so a sampler that follows its caller would have kept it.`
    : `${service} did not say in the header that this trace is recorded.`

/** The threshold by which a sampler kept the caller's side, as OpenTelemetry writes it into `tracestate`. */
function tellSampling({ traceState, service }: SpanRecord): string[] {
  const entry = traceState.split(',').find(each => each.trim().startsWith('ot='))
  return entry === undefined || !/[=;]th:/.test(entry)
    ? []
    : [`${service} keeps only a share of its traces: its tracestate says ${entry.trim()}.`]
}
