import { formatDuration } from './format-duration.ts'
import { clip } from './one-line.ts'
import type { Failure, ReadSpan } from './reading.ts'
import { hostOf, pathOf, queueOf, statusCodeOf } from './span-attributes.ts'
import { codeOf } from './span-failure.ts'

const MOST_CHARACTERS = 300

/** A failure that begins with the class of an exception, as JavaScript, Python and Java write it. */
const EXCEPTION = /^[\w.$]*(?:Error|Exception)(?::|$)/

/** Most clauses after the first: who answered by what because of it. */
const MOST_CONSEQUENCES = 4

/**
 * What made a trace fail, if it did: of its tops the first that failed; else a job, or what a browser ran into, of which
 * nobody above it hears. From there the last failure below counts, as long as one has led to another. `called` are the
 * services that calls reach, by place.
 */
export function findFailure(
  spans: readonly ReadSpan[],
  called: readonly (string | undefined)[],
): Failure | undefined {
  const top = spans.findIndex(({ failed, parent }) => failed && parent === undefined)
  const entry = top === -1 ? spans.findIndex(isUnheard) : top
  if (entry === -1) return undefined
  const place = findDeepest(spans, entry)
  const span = spans[place]
  if (span === undefined) return undefined
  return {
    span: place,
    sentence: clip(tell(spans, place, entry, called[place]), MOST_CHARACTERS),
    owner: ownerOfPlace(spans, place),
  }
}

/** Whether a failure reaches nobody above it. */
function isUnheard({ failed, category, span }: ReadSpan): boolean {
  return failed && (category === 'job' || (category === 'browser' && span.kind === 'internal'))
}

/** The span below `entry` at which it began: always the failed child that ended last, also through spans that say nothing. */
function findDeepest(spans: readonly ReadSpan[], entry: number): number {
  const end = entry + (spans[entry]?.descendants ?? 0)
  /** The failed span that a span passes on to its parent, and the one below it that made it fail. */
  const causes = new Map<number, number>()
  for (let place = end; place > entry; place--) {
    const span = spans[place]
    if (span?.parent === undefined || span.category === 'job') continue
    const passed = span.failed
      ? place
      : span.span.kind === 'internal'
        ? causes.get(place)
        : undefined
    if (passed === undefined) continue
    const rival = causes.get(span.parent)
    if (rival === undefined || endOf(spans, passed) > endOf(spans, rival))
      causes.set(span.parent, passed)
  }
  let deepest = entry
  for (let next = causes.get(entry); next !== undefined; next = causes.get(next)) deepest = next
  return deepest
}

const endOf = (spans: readonly ReadSpan[], place: number): number =>
  (spans[place]?.startMs ?? 0) + (spans[place]?.durationMs ?? 0)

/** The owner of a span, or of the hop that holds it. */
function ownerOfPlace(spans: readonly ReadSpan[], place: number): Failure['owner'] {
  for (let at: number | undefined = place; at !== undefined; at = spans[at]?.parent) {
    const owner = spans[at]?.owner
    if (owner !== undefined) return owner
  }
  return undefined
}

function tell(
  spans: readonly ReadSpan[],
  place: number,
  entry: number,
  called: string | undefined,
): string {
  const clauses = [tellCause(spans, place, called)]
  const cause = spans[place]
  for (let at = cause?.parent; at !== undefined && at >= entry; at = spans[at]?.parent) {
    const span = spans[at]
    if (span?.failed !== true || !isHop(span)) continue
    const code = codeOf(span.span)
    const clause = `${span.span.service} ${code === undefined ? 'failed' : `answered ${code}`}`
    if (clauses.length <= MOST_CONSEQUENCES) clauses.push(clause)
  }
  return clauses.join('; ')
}

const isHop = ({ span }: ReadSpan): boolean => span.kind === 'server' || span.kind === 'consumer'

function tellCause(spans: readonly ReadSpan[], place: number, called: string | undefined): string {
  const read = spans[place]
  if (read === undefined) return ''
  const { span, category, title, failure, durationMs } = read
  const because = failure === undefined ? '' : `: ${failure}`
  switch (category) {
    case 'database':
      return `the query ${title} failed${because}`
    case 'queue':
      return `${title} of ${span.service} failed${because}`
    case 'call':
    case 'external': {
      const callee = called ?? hostOf(span.attributes) ?? queueOf(span.attributes) ?? title
      return statusCodeOf(span.attributes) === undefined
        ? `the call from ${span.service} to ${callee} failed${because}`
        : `${callee} answered ${codeOf(span)} after ${formatDuration(durationMs)}`
    }
    case 'browser': {
      const path = pathOf(span.attributes)
      return `the browser${path === undefined ? '' : ` at ${path}`} failed${because}`
    }
    case 'job':
    case 'page':
    case 'handler':
    case 'action':
    case 'proxy':
    case 'api':
    case 'internal':
      return tellOwnFailure(spans, place)
  }
}

/** `POST /api/x of web threw TypeError: plan is undefined`. */
function tellOwnFailure(spans: readonly ReadSpan[], place: number): string {
  const read = spans[place]
  if (read === undefined) return ''
  const { span, failure } = read
  const subject = `${subjectOf(spans, place)} of ${span.service}`
  if (failure !== undefined && EXCEPTION.test(failure)) return `${subject} threw ${failure}`
  if (failure !== undefined && codeOf(span) === failure) return `${subject} answered ${failure}`
  return `${subject} failed${failure === undefined ? '' : `: ${failure}`}`
}

/** A page or handler is known by its request. */
function subjectOf(spans: readonly ReadSpan[], place: number): string {
  const read = spans[place]
  if (read === undefined) return ''
  const parent = read.parent === undefined ? undefined : spans[read.parent]
  const isPart = read.category === 'page' || read.category === 'handler'
  if (isPart && read.span.kind === 'internal' && parent?.span.kind === 'server') return parent.title
  return read.category === 'job' ? `the ${read.title}` : read.title
}
