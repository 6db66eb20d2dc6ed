import type { DatabaseSync } from 'node:sqlite'
import { createDraft, type TraceDraft } from './trace-draft.ts'
import { traceKey } from './trace-key.ts'
import { parseDraft, renderRow, type TraceRow } from './trace-row.ts'

/** Traces, and spans in them, that are kept in memory while more of them may come. */
const RECENT_TRACES = 1000
const RECENT_SPANS = 50_000

/** How many times as many there may be before it is cleared up: to find the oldest costs more the more were removed. */
const SLACK = 1.5

/** The summaries of traces, of which the recent ones are in memory. */
export interface TraceDrafts {
  /** The trace with this id: as it is known, or a new one with the number that `next` gives. */
  find(traceId: string, next: () => number): TraceDraft
  /** Writes one, and remembers it as the most recent. */
  save(draft: TraceDraft): void
  /** Forgets those that have no span after this chunk. */
  forgetUntil(chunk: number): void
}

export function createTraceDrafts(database: DatabaseSync): TraceDrafts {
  const select = database.prepare(
    'SELECT number, last_chunk, words, summary, draft FROM traces WHERE trace_key = ? AND trace_id = ?',
  )
  const insert = database.prepare(
    `INSERT INTO traces (start_ms, duration_ms, failed, status, last_chunk, facets, words, summary, draft, number, trace_id, trace_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = database.prepare(
    `UPDATE traces SET start_ms = ?, duration_ms = ?, failed = ?, status = ?, last_chunk = ?, facets = ?, words = ?, summary = ?,
     draft = ? WHERE number = ?`,
  )
  const recent = new Map<string, TraceDraft>()
  const unsaved = new Set<TraceDraft>()
  let spanIds = 0

  const forget = (draft: TraceDraft): void => {
    recent.delete(draft.traceId)
    spanIds -= draft.spanIds.size
  }

  const trim = (): void => {
    for (const oldest of recent.values()) {
      if (recent.size <= RECENT_TRACES && spanIds <= RECENT_SPANS) break
      forget(oldest)
    }
  }

  return {
    find(traceId, next) {
      const known = recent.get(traceId)
      if (known !== undefined) {
        forget(known)
        return known
      }
      const row = select.get(traceKey(traceId), traceId) as unknown as TraceRow | undefined
      if (row !== undefined) return parseDraft(row)
      const draft = createDraft(traceId, next())
      unsaved.add(draft)
      return draft
    },
    save(draft) {
      const row = renderRow(draft)
      if (unsaved.delete(draft))
        insert.run(...row, draft.number, draft.traceId, traceKey(draft.traceId))
      else update.run(...row, draft.number)
      recent.set(draft.traceId, draft)
      spanIds += draft.spanIds.size
      if (recent.size > RECENT_TRACES * SLACK || spanIds > RECENT_SPANS * SLACK) trim()
    },
    forgetUntil(chunk) {
      if (chunk === 0) return
      // The least recent come first.
      for (const draft of recent.values()) {
        if (draft.lastChunk > chunk) break
        forget(draft)
      }
    },
  }
}
