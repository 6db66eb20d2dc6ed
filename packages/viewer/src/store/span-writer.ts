import type { DatabaseSync } from 'node:sqlite'
import { ATTR_TEAM } from '@throughline/conventions'
import type { ReceivedBody, SpanRecord } from '@throughline/otlp'
import { databaseSystemOf, textOf } from '@throughline/trace'
import {
  createActivity,
  factsOf,
  noteActivity,
  renderGroups,
  type Activity,
  type SpanFacts,
} from './activity.ts'
import { divide, type Chunk } from './chunk.ts'
import { createKnownServices } from './known-services.ts'
import { createKnownTeams } from './known-teams.ts'
import { shorten } from './short-text.ts'
import type { ServiceOfHost, TeamOf } from './store.ts'
import type { Totals } from './totals.ts'
import { chooseRoot, noteSpan } from './trace-draft.ts'
import type { TraceDrafts } from './trace-drafts.ts'

interface SpanWriterOptions {
  readonly database: DatabaseSync
  readonly totals: Totals
  readonly drafts: TraceDrafts
  readonly teamOf: TeamOf
  readonly serviceOfHost: ServiceOfHost
}

/** Gives what writes spans, and what is drawn from them. */
export function createSpanWriter({
  database,
  totals,
  drafts,
  teamOf,
  serviceOfHost,
}: SpanWriterOptions): (spans: readonly SpanRecord[], body?: ReceivedBody) => void {
  const insertChunk = database.prepare('INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)')
  const insertEarlier = database.prepare('INSERT INTO earlier_chunks VALUES (?, ?)')
  const insertActivity = database.prepare('INSERT INTO activity VALUES (?, ?, ?, ?, ?)')
  const insertLink = database.prepare('INSERT INTO links VALUES (?, ?, ?, ?, ?)')
  const rememberService = createKnownServices(database)
  const rememberTeam = createKnownTeams(database)

  const nextNumber = (): number => {
    totals.traces += 1
    totals.newest += 1
    return totals.newest
  }

  const findTeam = (span: SpanRecord): string | undefined => {
    const team =
      textOf(span.attributes[ATTR_TEAM]) ?? (span.kind === 'internal' ? undefined : teamOf(span))
    return team === undefined ? undefined : shorten(team)
  }

  const remember = ({ attributes, service }: SpanRecord, { served, team }: SpanFacts): void => {
    if (team !== undefined) rememberTeam(team)
    const queries = databaseSystemOf(attributes) !== undefined
    rememberService(
      shorten(service),
      served !== undefined ? 'serves' : queries ? 'queries' : 'neither',
    )
  }

  const addTrace = (
    traceId: string,
    spans: readonly SpanRecord[],
    activity: Activity,
    chunk: number,
  ): number => {
    const draft = drafts.find(traceId, nextNumber)
    const added = new Map<SpanRecord, SpanFacts>()
    for (const span of spans) {
      if (draft.spanIds.has(span.spanId)) continue
      draft.spanIds.add(span.spanId)
      const facts = factsOf(span, findTeam(span), serviceOfHost)
      added.set(span, facts)
      noteSpan(draft, span, facts)
      noteActivity(activity, span, facts)
      remember(span, facts)
      for (const link of span.links) {
        insertLink.run(chunk, traceId, span.spanId, link.traceId, link.spanId)
      }
    }
    chooseRoot(draft, added)
    if (draft.lastChunk !== 0) insertEarlier.run(draft.number, draft.lastChunk)
    draft.lastChunk = chunk
    drafts.save(draft)
    return draft.number
  }

  const addChunk = ({ spans, encoding, payload }: Chunk): void => {
    const activity = createActivity()
    totals.newestChunk += 1
    const id = totals.newestChunk
    const traces: number[] = []
    for (const [traceId, ofTrace] of Map.groupBy(spans, span => span.traceId)) {
      traces.push(addTrace(traceId, ofTrace, activity, id))
    }
    insertChunk.run(id, spans.length, payload.length, JSON.stringify(traces), encoding, payload)
    totals.spans += spans.length
    totals.bytes += payload.length
    const served = renderGroups(activity.served)
    const calls = renderGroups(activity.calls)
    if (served === null && calls === null) return
    const oldestMs = served === null ? null : activity.oldestMs
    insertActivity.run(id, oldestMs, activity.newestMs, served, calls)
  }

  return (spans, body) => {
    for (const chunk of divide(spans, body)) addChunk(chunk)
  }
}
