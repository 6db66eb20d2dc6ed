import {
  categoryOf,
  collectionOf,
  failureOf,
  hostOf,
  pathOf,
  statusCodeOf,
  titleOf,
  type SpanCategory,
} from '@throughline/trace'
import type { SpanRecord } from '@throughline/otlp'
import type { SpanFacts } from './activity.ts'
import { detach, shorten } from './short-text.ts'
import type { CallTarget } from './store.ts'

/** What is known of a trace while its spans come in. */
export interface TraceDraft {
  readonly traceId: string
  /** Counts up from trace to trace. */
  readonly number: number
  startMs: number
  endMs: number
  root: RootWords | undefined
  spans: number
  errors: number
  /** The failed span at which it began. */
  firstError: FirstError | undefined
  /** When each service first shows. */
  readonly services: Map<string, number>
  /** Calls, by span, that nobody of the trace has answered yet. */
  readonly unanswered: Map<string, { readonly name: string; readonly startMs: number }>
  /** Spans whose call was answered by one that came before them. */
  readonly answered: Set<string>
  readonly teams: Set<string>
  readonly routes: Set<string>
  readonly methods: Set<string>
  readonly words: Set<string>
  lastChunk: number
  /** Those that came while the trace was among the recent ones, so that one that is sent twice counts once. */
  readonly spanIds: Set<string>
}

/** The failed span at which others failed. */
export interface FirstError {
  readonly words: string
  readonly startMs: number
  readonly endMs: number
}

/** The span that names a trace. */
export interface RootWords {
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly startMs: number
  readonly title: string
  readonly category: SpanCategory
  readonly service: string
  readonly failed: boolean
  readonly status: number | undefined
  readonly team: string | undefined
}

/** Most of each kind of thing that is remembered of one trace. */
const MOST_THINGS = 100

/** Most words that a trace is found by without its spans being read. */
const MOST_WORDS = 60

export function createDraft(traceId: string, number: number): TraceDraft {
  return {
    traceId,
    number,
    startMs: Infinity,
    endMs: -Infinity,
    root: undefined,
    spans: 0,
    errors: 0,
    firstError: undefined,
    services: new Map(),
    unanswered: new Map(),
    answered: new Set(),
    teams: new Set(),
    routes: new Set(),
    methods: new Set(),
    words: new Set(),
    lastChunk: 0,
    spanIds: new Set(),
  }
}

/** Adds a span that was not there before. */
export function noteSpan(draft: TraceDraft, span: SpanRecord, facts: SpanFacts): void {
  const { startMs } = span
  const service = shorten(span.service)
  draft.spans += 1
  if (startMs < draft.startMs) draft.startMs = startMs
  if (startMs + span.durationMs > draft.endMs) draft.endMs = startMs + span.durationMs
  const since = draft.services.get(service)
  if (since === undefined ? draft.services.size < MOST_THINGS : startMs < since) {
    draft.services.set(service, startMs)
  }
  if (facts.team !== undefined) add(draft.teams, facts.team)
  if (facts.failed) noteFailure(draft, span, facts.target)
  noteWords(draft, span)
  if (facts.target !== undefined) noteCallee(draft, span, facts.target)
  if (facts.served !== undefined) noteRequest(draft, span, facts.served)
}

function add(set: Set<string>, item: string): void {
  if (set.size < MOST_THINGS) set.add(item)
}

function noteRequest(
  draft: TraceDraft,
  span: SpanRecord,
  { method, route }: NonNullable<SpanFacts['served']>,
): void {
  add(draft.routes, route)
  if (method !== '') add(draft.methods, method)
  const caller = span.parentSpanId
  if (caller !== undefined && !draft.unanswered.delete(caller)) add(draft.answered, caller)
}

function noteCallee(draft: TraceDraft, span: SpanRecord, { kind, name }: CallTarget): void {
  if (draft.answered.delete(span.spanId) || draft.unanswered.size >= MOST_THINGS) return
  // A call to its own service is of a browser, to the server that its page came from.
  const goesOut = kind === 'external' || (kind === 'service' && name !== span.service)
  if (goesOut) draft.unanswered.set(span.spanId, { name, startMs: span.startMs })
}

function noteFailure(draft: TraceDraft, span: SpanRecord, target: CallTarget | undefined): void {
  draft.errors += 1
  const { startMs } = span
  const endMs = startMs + span.durationMs
  if (draft.firstError !== undefined && !isDeeper({ startMs, endMs }, draft.firstError)) return
  const who = target?.name ?? shorten(span.service)
  draft.firstError = { words: detach(`${who}: ${failureOf(span) ?? 'failed'}`), startMs, endMs }
}

/** Whether it failed while the other did, which then failed of it, or before that began. */
function isDeeper(
  { startMs, endMs }: Omit<FirstError, 'words'>,
  other: Omit<FirstError, 'words'>,
): boolean {
  return (startMs > other.startMs && startMs <= other.endMs) || endMs < other.startMs
}

function noteWords(draft: TraceDraft, span: SpanRecord): void {
  if (draft.words.size >= MOST_WORDS) return
  const { attributes, name } = span
  noteWord(draft, name)
  noteWord(draft, pathOf(attributes))
  noteWord(draft, hostOf(attributes))
  noteWord(draft, collectionOf(attributes))
  if (span.status === 'error') noteWord(draft, failureOf(span))
}

function noteWord({ words }: TraceDraft, word: string | undefined): void {
  if (word === undefined || word === '') return
  words.add(shorten(word))
}

/** Chooses the root anew when all of `added` are in the draft: the one without a parent, else the earliest whose parent is not here. */
export function chooseRoot(draft: TraceDraft, added: ReadonlyMap<SpanRecord, SpanFacts>): void {
  const { root, spanIds } = draft
  const given =
    root?.parentSpanId !== undefined && spanIds.has(root.parentSpanId) ? undefined : root
  let best: SpanRecord | RootWords | undefined = given
  for (const span of added.keys()) {
    if (span.parentSpanId !== undefined && spanIds.has(span.parentSpanId)) continue
    if (best === undefined || isBefore(span, best)) best = span
  }
  // Spans that name each other as parents have no top.
  best ??= root ?? added.keys().next().value
  if (best !== undefined && 'name' in best) draft.root = wordsOf(best, added.get(best))
}

function isBefore(span: SpanRecord, other: SpanRecord | RootWords): boolean {
  const isRoot = span.parentSpanId === undefined
  const otherIsRoot = other.parentSpanId === undefined
  return isRoot === otherIsRoot ? span.startMs < other.startMs : isRoot
}

function wordsOf(span: SpanRecord, facts: SpanFacts | undefined): RootWords {
  const { spanId, parentSpanId, startMs, service } = span
  return {
    spanId,
    parentSpanId,
    startMs,
    title: detach(titleOf(span)),
    category: categoryOf(span),
    service: shorten(service),
    failed: facts?.failed ?? false,
    status: statusCodeOf(span.attributes),
    team: facts?.team,
  }
}
