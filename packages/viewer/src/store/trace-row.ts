import type { SQLInputValue } from 'node:sqlite'
import type { TraceSummary } from '../api/traces.ts'
import { foldCase, shorten } from './short-text.ts'
import { createDraft, type FirstError, type RootWords, type TraceDraft } from './trace-draft.ts'

/** What {@link parseDraft} needs to go on with a trace. */
interface StoredDraft {
  readonly root: RootWords | undefined
  readonly firstError: FirstError | undefined
  readonly services: readonly (readonly [name: string, startMs: number])[]
  readonly unanswered: readonly (readonly [spanId: string, { name: string; startMs: number }])[]
  readonly answered: readonly string[]
  readonly routes: readonly string[]
  readonly methods: readonly string[]
}

/** The columns of a trace from `start_ms` on, without `evicted`. */
export function renderRow(draft: TraceDraft): SQLInputValue[] {
  const summary = summarize(draft)
  const { root, firstError, services, unanswered, answered, routes, methods } = draft
  const stored: StoredDraft = {
    root,
    firstError,
    services: [...services],
    unanswered: [...unanswered],
    answered: [...answered],
    routes: [...routes],
    methods: [...methods],
  }
  return [
    draft.startMs,
    summary.durationMs,
    summary.failed ? 1 : 0,
    root?.status ?? null,
    draft.lastChunk,
    facetsOf(summary, draft),
    wordsOf(summary, draft),
    JSON.stringify(summary),
    JSON.stringify(stored),
  ]
}

function summarize(draft: TraceDraft): TraceSummary {
  const { root, services, firstError } = draft
  return {
    traceId: draft.traceId,
    startMs: draft.startMs,
    durationMs: draft.endMs - draft.startMs,
    title: root?.title ?? '',
    category: root?.category ?? 'internal',
    service: root?.service ?? '',
    rooted: root !== undefined && root.parentSpanId === undefined,
    outcome: root?.status?.toString() ?? (root?.failed === true ? 'error' : 'ok'),
    failed: root?.failed ?? false,
    errors: draft.errors,
    firstError: firstError?.words,
    spans: draft.spans,
    services: [
      ...Array.from(services, ([name, startMs]) => ({ name, outside: false, startMs })),
      ...outsideOf(draft),
    ]
      .toSorted((a, b) => a.startMs - b.startMs)
      .map(({ name, outside }) => ({ name, outside })),
    team: root?.team,
    teams: [...draft.teams],
  }
}

function outsideOf({ services, unanswered }: TraceDraft): {
  name: string
  outside: boolean
  startMs: number
}[] {
  const first = new Map<string, number>()
  for (const { name, startMs } of unanswered.values()) {
    if (!services.has(name)) first.set(name, Math.min(startMs, first.get(name) ?? Infinity))
  }
  return Array.from(first, ([name, startMs]) => ({ name, outside: true, startMs }))
}

/** What terms of a search are held against, each on a line of its own. */
function facetsOf(summary: TraceSummary, { routes, methods }: TraceDraft): string {
  let text = '\n'
  for (const { name } of summary.services) text += renderFacet('service', name)
  for (const team of summary.teams) text += renderFacet('team', team)
  for (const route of routes) text += renderFacet('route', route)
  for (const method of methods) text += renderFacet('method', method)
  return text
}

/** A line of facets. */
export function renderFacet(name: string, value: string): string {
  return `${name}:${foldCase(shorten(value))}\n`
}

/** What the words of a search are looked for in: each on a line of its own, in lower case. */
function wordsOf(summary: TraceSummary, { routes, words }: TraceDraft): string {
  const { title, firstError = '', services, teams } = summary
  const names = [title, firstError, ...services.map(({ name }) => name), ...teams, ...routes]
  return [...new Set([...names, ...words])].join('\n').toLowerCase()
}

/** A trace as it was stored. */
export interface TraceRow {
  readonly number: number
  readonly last_chunk: number
  readonly words: string
  readonly summary: string
  readonly draft: string
}

/** Takes up a trace again. Which spans it has is not known any more. */
export function parseDraft(row: TraceRow): TraceDraft {
  const summary = JSON.parse(row.summary) as TraceSummary
  const stored = JSON.parse(row.draft) as StoredDraft
  return {
    ...createDraft(summary.traceId, row.number),
    startMs: summary.startMs,
    endMs: summary.startMs + summary.durationMs,
    root: stored.root,
    spans: summary.spans,
    errors: summary.errors,
    firstError: stored.firstError,
    services: new Map(stored.services),
    unanswered: new Map(stored.unanswered),
    answered: new Set(stored.answered),
    teams: new Set(summary.teams),
    routes: new Set(stored.routes),
    methods: new Set(stored.methods),
    words: new Set(row.words.split('\n')),
    lastChunk: row.last_chunk,
  }
}
