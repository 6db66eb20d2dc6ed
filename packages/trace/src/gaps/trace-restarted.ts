import {
  ATTR_THROUGHLINE_TRACE_RESTARTED,
  ENV_THROUGHLINE_INTERNAL_CIDRS,
  ENV_THROUGHLINE_INTERNAL_SECRET,
  THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE,
  THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE,
} from '@throughline/conventions'
import type { Gap, LinkedTrace } from '../gap.ts'
import type { ReadSpan } from '../reading.ts'
import { textOf } from '../span-attributes.ts'
import type { TraceLink } from '../surroundings.ts'
import { calleeOf, nameOfCallee } from './callee.ts'
import type { GapSubject } from './gap-subject.ts'

/** Where the trace begins although somebody called, and where it goes on in another trace. */
export function findTraceRestarted(subject: GapSubject): Gap[] {
  const { spans, surroundings } = subject
  const linksOf = Map.groupBy(surroundings.links ?? [], ({ spanId }) => spanId)
  return spans.flatMap((read, place): Gap[] => {
    const links = linksOf.get(read.span.spanId) ?? []
    const begun = restartedHere(read, links) ?? takenHere(read, links)
    const gone = links.find(({ heldBy }) => heldBy === 'other')
    const continued = gone && continuedElsewhere(read, gone, subject)
    return [begun, continued].flatMap(gap => (gap === undefined ? [] : [{ ...gap, span: place }]))
  })
}

type Found = Omit<Gap, 'span'>

/** The callee's side: it did not obey the trace of its caller. */
function restartedHere({ span }: ReadSpan, links: readonly TraceLink[]): Found | undefined {
  const why = textOf(span.attributes[ATTR_THROUGHLINE_TRACE_RESTARTED])
  if (why === undefined) return undefined
  const linked = callerOf(span, links)
  const isOurs = linked?.here === true
  const evidence = [
    `Its span says ${ATTR_THROUGHLINE_TRACE_RESTARTED} = ${why}.`,
    ...(linked === undefined
      ? ['It links to no caller.']
      : [
          isOurs
            ? `Its caller's trace ${linked.traceId} is here, so the caller is one of ours.`
            : `Its caller's trace ${linked.traceId} is not here.`,
        ]),
  ]
  return {
    reason: 'trace-restarted',
    weight: isOurs && why !== THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE ? 'gap' : 'note',
    sentence: tellRestart(span.service, why),
    evidence,
    certain: true,
    mend: mendRestart(span.service, why, isOurs),
    linked,
  }
}

function tellRestart(service: string, why: string): string {
  switch (why) {
    case THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE:
      return `${service} began a new trace: the page that called it was rendered more than 15 minutes before.`
    case THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE:
      return `${service} began a new trace: its caller holds a signature that ${service} did not give.`
    default:
      return `${service} began a new trace: its caller did not prove to be one of ours.`
  }
}

function mendRestart(service: string, why: string, isOurs: boolean): string | undefined {
  if (!isOurs || why === THROUGHLINE_TRACE_RESTARTED_VALUE_EXPIRED_SIGNATURE) return undefined
  return why === THROUGHLINE_TRACE_RESTARTED_VALUE_INVALID_SIGNATURE
    ? `Set the same ${ENV_THROUGHLINE_INTERNAL_SECRET} in every process of ${service}.`
    : `Set the same ${ENV_THROUGHLINE_INTERNAL_SECRET} in the caller and in ${service}, or add the caller's network to ${ENV_THROUGHLINE_INTERNAL_CIDRS} of ${service}.`
}

/** A message whose sender is only linked to, as many libraries do. */
function takenHere({ span }: ReadSpan, links: readonly TraceLink[]): Found | undefined {
  if (span.kind !== 'consumer') return undefined
  const linked = callerOf(span, links)
  if (linked === undefined || linked.traceId === span.traceId) return undefined
  return {
    reason: 'trace-restarted',
    weight: 'note',
    sentence: `${span.service} works in a trace of its own on what was sent in another one.`,
    evidence: [`Its span links to ${linked.spanId} of trace ${linked.traceId}.`],
    certain: true,
    mend: undefined,
    linked,
  }
}

/** The caller's side: what it called, or sent, is in another trace. */
function continuedElsewhere(
  read: ReadSpan,
  link: TraceLink,
  { surroundings }: GapSubject,
): Found | undefined {
  const { span, category } = read
  const linked: LinkedTrace = {
    traceId: link.otherTraceId,
    spanId: link.otherSpanId,
    here: link.here,
    direction: 'continues-in',
  }
  const evidence = [`Span ${linked.spanId} of trace ${linked.traceId} links to this one.`]
  if (span.kind !== 'client') {
    return {
      reason: 'trace-restarted',
      weight: 'note',
      sentence:
        category === 'queue'
          ? 'What was sent here is worked on in another trace.'
          : 'Another trace links to this span.',
      evidence,
      certain: true,
      mend: undefined,
      linked,
    }
  }
  const callee = calleeOf(read, surroundings)
  const name = callee === undefined ? span.service : nameOfCallee(callee)
  return {
    reason: 'trace-restarted',
    weight: 'gap',
    sentence: `The trace goes on in another one: ${name} did not obey this trace, and began its own.`,
    evidence,
    certain: true,
    mend: `Set the same ${ENV_THROUGHLINE_INTERNAL_SECRET} in ${span.service} and in ${callee?.service ?? 'the service that answers there'}, or add the network of ${span.service} to ${ENV_THROUGHLINE_INTERNAL_CIDRS} of the latter.`,
    linked,
  }
}

function callerOf(span: ReadSpan['span'], links: readonly TraceLink[]): LinkedTrace | undefined {
  const [link] = span.links
  if (link === undefined) return undefined
  const here = links.some(
    ({ heldBy, otherTraceId, here: isHere }) =>
      heldBy === 'this' && otherTraceId === link.traceId && isHere,
  )
  return { traceId: link.traceId, spanId: link.spanId, here, direction: 'comes-from' }
}
