import type { Gap } from '../gap.ts'
import type { GapSubject } from './gap-subject.ts'

/** Spans that cannot be as they say: shared ids, parents in a circle, no start, an end before the start. */
export function findMalformed(subject: GapSubject): Gap[] {
  return [...findShared(subject), ...findCircles(subject), ...findOddTimes(subject)]
}

const ODD = { reason: 'malformed', certain: true, linked: undefined } as const

/** One a span id. */
function findShared({ layout, spans }: GapSubject): Gap[] {
  const byId = Map.groupBy(layout.clashing, place => spans[place]?.span.spanId)
  return [...byId].map(([spanId, places]): Gap => {
    const span = places[0]
    const read = span === undefined ? undefined : spans[span]
    return {
      ...ODD,
      weight: 'gap',
      span,
      sentence: `${places.length + 1} different spans have the id ${spanId}: what is below one of them may belong to another.`,
      evidence: [`${read?.span.service} sent one of them as ${read?.title}.`],
      mend: `See what makes the ids of ${read?.span.service}: two copies of a process that was forked, or a generator that is seeded.`,
    }
  })
}

function findCircles({ layout, spans }: GapSubject): Gap[] {
  return layout.cut.map((place): Gap => {
    const span = spans[place]?.span
    const isOwn = span?.parentSpanId === span?.spanId
    return {
      ...ODD,
      weight: 'gap',
      span: place,
      sentence: isOwn
        ? `Span ${span?.spanId} names itself as its parent, so where it belongs is not known.`
        : `Span ${span?.spanId} is below its own child ${span?.parentSpanId}, so where they belong is not known.`,
      evidence: [`${span?.service} sent it so.`],
      mend: `See what makes the spans of ${span?.service}: no SDK does so by itself.`,
    }
  })
}

/** The first of each service and kind: a clock that is wrong is wrong for many. */
function findOddTimes({ spans }: GapSubject): Gap[] {
  const told = new Set<string>()
  return spans.flatMap(({ span }, place): Gap[] => {
    const { service, startUnixNano, endUnixNano } = span
    const odd =
      startUnixNano === 0n
        ? 'has no start, and is drawn at that of its parent'
        : endUnixNano < startUnixNano
          ? 'ends before it starts, and is drawn without length'
          : undefined
    const key = `${service} ${odd}`
    if (odd === undefined || told.has(key)) return []
    told.add(key)
    return [
      {
        ...ODD,
        weight: 'note',
        span: place,
        sentence: `A span of ${service} ${odd}.`,
        evidence: [`It starts at ${startUnixNano} ns and ends at ${endUnixNano} ns.`],
        mend: undefined,
      },
    ]
  })
}
