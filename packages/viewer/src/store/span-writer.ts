import type { DatabaseSync } from 'node:sqlite'
import { ATTR_TEAM } from '@throughline/conventions'
import { createEncoderMemo, type SpanRecord } from '@throughline/otlp'
import { databaseSystemOf, textOf } from '@throughline/trace'
import {
  createActivity,
  factsOf,
  noteActivity,
  renderGroups,
  type Activity,
  type SpanFacts,
} from './activity.ts'
import type { ChunkWriter } from './chunk-writer.ts'
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
  readonly chunks: ChunkWriter
  readonly teamOf: TeamOf
  readonly serviceOfHost: ServiceOfHost
}

/** Gives what writes spans, and what is drawn from them. */
export function createSpanWriter({
  database,
  totals,
  drafts,
  chunks,
  teamOf,
  serviceOfHost,
}: SpanWriterOptions): (spans: readonly SpanRecord[]) => void {
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
  ): void => {
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
    draft.lastChunk = chunk
    drafts.save(draft)
  }

  return spans => {
    const memo = createEncoderMemo()
    const activity = createActivity()
    const firstChunk = totals.newestChunk + 1
    for (const [traceId, ofTrace] of Map.groupBy(spans, span => span.traceId)) {
      addTrace(traceId, ofTrace, activity, chunks.addSpans(traceId, ofTrace, memo))
    }
    const served = renderGroups(activity.served)
    const calls = renderGroups(activity.calls)
    if (served === null && calls === null) return
    const oldestMs = served === null ? null : activity.oldestMs
    insertActivity.run(firstChunk, oldestMs, activity.newestMs, served, calls)
  }
}
