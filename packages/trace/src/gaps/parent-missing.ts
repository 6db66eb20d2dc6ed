import { ENV_OTEL_EXPORTER_OTLP_ENDPOINT } from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import type { Gap } from '../gap.ts'
import type { GapSubject } from './gap-subject.ts'

/** OTLP's flag: whether the parent is remote is known. */
const KNOWS_REMOTE = 0x100

/** OTLP's flag: the parent is a span of another process. */
const IS_REMOTE = 0x200

/** Parents that have not arrived, each once. */
export function findParentMissing({ layout, spans, surroundings }: GapSubject): Gap[] {
  const byParent = Map.groupBy(layout.orphans, place => spans[place]?.span.parentSpanId)
  return [...byParent].flatMap(([parentSpanId, places]): Gap[] => {
    const [place] = places
    const span = place === undefined ? undefined : spans[place]?.span
    if (place === undefined || span === undefined || parentSpanId === undefined) return []
    const count = places.length
    const remote = isRemote(span)
    const lost = surroundings.dropped?.filter(({ service }) => service === span.service) ?? []
    return [
      {
        reason: 'parent-missing',
        weight: 'gap',
        span: place,
        sentence: remote
          ? `Who called ${span.service} is not here: span ${parentSpanId}, which is ${count === 1 ? 'its parent' : `the parent of ${count} spans`}, has not arrived.`
          : `A span of ${span.service} is missing: ${parentSpanId}, the parent of ${count === 1 ? 'this one' : `${count} spans`}, was lost, or is not here yet.`,
        evidence: [
          tellFlags(span),
          ...(surroundings.evicted === true
            ? ['Older spans of this trace were removed to make room: it may be one of them.']
            : []),
          ...lost.map(
            ({ service, reason, spans: many }) =>
              `${service} says that it lost ${many} spans (${reason}): it may be one of them.`,
          ),
        ],
        certain: (span.flags & KNOWS_REMOTE) !== 0,
        mend: mend(span.service, remote, surroundings.evicted === true || lost.length > 0),
        linked: undefined,
      },
    ]
  })
}

/** Where an SDK does not say it, what is served was asked for from elsewhere. */
function isRemote({ flags, kind }: SpanRecord): boolean {
  return (flags & KNOWS_REMOTE) === 0
    ? kind === 'server' || kind === 'consumer'
    : (flags & IS_REMOTE) !== 0
}

function tellFlags({ flags, kind, service }: SpanRecord): string {
  if ((flags & KNOWS_REMOTE) === 0) {
    return `${service} does not say whether the parent is of another process; its span is of the kind ${kind}.`
  }
  return (flags & IS_REMOTE) === 0
    ? `The parent is a span of ${service} itself, as the flags of the span say.`
    : 'The parent is a span of another process, as the flags of the span say.'
}

function mend(service: string, remote: boolean, hasOtherMend: boolean): string | undefined {
  if (hasOtherMend) return undefined
  return remote
    ? `Let the caller of ${service} send its spans here too, by ${ENV_OTEL_EXPORTER_OTLP_ENDPOINT}. If it is a gateway or a load test that sends a traceparent and no spans, nothing else is missing.`
    : `Open the trace again in some seconds: a span is sent when it ends. If it stays away, look for lines of throughline: on stderr of ${service}, and at its metric throughline_spans_dropped_total.`
}
