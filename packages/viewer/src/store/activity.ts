import {
  ATTR_THROUGHLINE_AUDIENCE,
  ATTR_THROUGHLINE_OWNER_UNOWNED,
  HTTP_ROUTE_VALUE_UNMATCHED,
} from '@throughline/conventions'
import type { Attributes, SpanRecord } from '@throughline/otlp'
import { isFailed, methodOf, queueOf, routeOf, textOf } from '@throughline/trace'
import { isBrowser, targetOf } from './call-target.ts'
import { shorten } from './short-text.ts'
import type { CallTarget, ServedRoute, ServiceOfHost } from './store.ts'

/** What is known of a span beside what it says. */
export interface SpanFacts {
  readonly team: string | undefined
  readonly failed: boolean
  /** What a server or consumer span served. */
  readonly served: { readonly method: string; readonly route: string } | undefined
  /** Whom a client or producer span reaches. */
  readonly target: CallTarget | undefined
}

export function factsOf(
  span: SpanRecord,
  team: string | undefined,
  serviceOfHost: ServiceOfHost,
): SpanFacts {
  const { kind } = span
  return {
    team,
    failed: isFailed(span),
    served: kind === 'server' || kind === 'consumer' ? servedBy(span) : undefined,
    target: kind === 'client' || kind === 'producer' ? targetOf(span, serviceOfHost) : undefined,
  }
}

/** A span that served a request or worked on a job. */
export type ServedEntry = readonly [
  startMs: number,
  durationMs: number,
  failed: 0 | 1,
  traceId: string,
  spanId: string,
  parentSpanId: string,
]

/** A span of a call. */
export type CallEntry = readonly [
  startMs: number,
  durationMs: number,
  failed: 0 | 1,
  spanId: string,
]

export type RouteWords = Omit<ServedRoute, 'requests'>

export interface CallWords {
  readonly from: string
  readonly target: CallTarget
  readonly team: string | undefined
}

/** Spans that say the same, with what differs. */
export interface ActivityGroup<Words, Entry> {
  readonly words: Words
  readonly entries: Entry[]
}

/** Requests, jobs and calls of one batch of spans. They are kept in one row: a row each costs five times as much to write. */
export interface Activity {
  readonly served: Map<string, ActivityGroup<RouteWords, ServedEntry>>
  readonly calls: Map<string, ActivityGroup<CallWords, CallEntry>>
  oldestMs: number
  newestMs: number
}

export function createActivity(): Activity {
  return { served: new Map(), calls: new Map(), oldestMs: Infinity, newestMs: -Infinity }
}

/** Method that stands for a job, which has none. */
const JOB = 'job'

/** The route that a server or consumer span served. */
function servedBy(span: SpanRecord): { readonly method: string; readonly route: string } {
  const { attributes, kind, name } = span
  if (kind === 'consumer') return { method: JOB, route: shorten(queueOf(attributes) ?? name) }
  const method = methodOf(attributes)
  // What is no request of HTTP, as a remote procedure, is named after what it does.
  if (method === undefined) return { method: '', route: shorten(routeOf(attributes) ?? name) }
  const route = shorten(routeOf(attributes) ?? HTTP_ROUTE_VALUE_UNMATCHED)
  return { method: shorten(method), route }
}

/** Adds a span, if it served something or is a call. */
export function noteActivity(activity: Activity, span: SpanRecord, facts: SpanFacts): void {
  const { startMs } = span
  if (facts.served !== undefined) {
    noteServed(activity, span, facts, facts.served)
    if (startMs < activity.oldestMs) activity.oldestMs = startMs
  } else if (facts.target !== undefined) {
    noteCall(activity, span, facts, facts.target)
  } else {
    return
  }
  if (startMs > activity.newestMs) activity.newestMs = startMs
}

function noteServed(
  { served }: Activity,
  span: SpanRecord,
  { team, failed }: SpanFacts,
  { method, route }: { readonly method: string; readonly route: string },
): void {
  const { attributes, startMs, durationMs, traceId, spanId, parentSpanId = '' } = span
  const service = shorten(span.service)
  const audience = shortOf(attributes, ATTR_THROUGHLINE_AUDIENCE)
  const unowned = shortOf(attributes, ATTR_THROUGHLINE_OWNER_UNOWNED)
  const isJob = span.kind === 'consumer'
  const key = `${service}\n${method}\n${route}\n${team}\n${audience}\n${unowned}\n${isJob}`
  let group = served.get(key)
  if (group === undefined) {
    group = { words: { service, method, route, isJob, team, audience, unowned }, entries: [] }
    served.set(key, group)
  }
  group.entries.push([startMs, durationMs, failed ? 1 : 0, traceId, spanId, parentSpanId])
}

function shortOf(attributes: Attributes, name: string): string | undefined {
  const text = textOf(attributes[name])
  return text === undefined ? undefined : shorten(text)
}

function noteCall(
  { calls }: Activity,
  span: SpanRecord,
  { team, failed }: SpanFacts,
  target: CallTarget,
): void {
  const from = isBrowser(span) ? 'browser' : shorten(span.service)
  const key = `${from}\n${target.kind}\n${target.name}\n${team}`
  let group = calls.get(key)
  if (group === undefined) {
    group = { words: { from, target, team }, entries: [] }
    calls.set(key, group)
  }
  group.entries.push([span.startMs, span.durationMs, failed ? 1 : 0, span.spanId])
}

/** The groups as they are stored; undefined where there is none. */
export function renderGroups<Words, Entry>(
  groups: ReadonlyMap<string, ActivityGroup<Words, Entry>>,
): string | null {
  return groups.size === 0 ? null : JSON.stringify([...groups.values()])
}
