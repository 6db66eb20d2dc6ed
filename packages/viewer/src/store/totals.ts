import type { DatabaseSync } from 'node:sqlite'

/** How much is stored, and the last numbers that were given. */
export interface Totals {
  traces: number
  spans: number
  logs: number
  bytes: number
  evictedSpans: number
  newest: number
  newestChunk: number
}

export function readTotals(database: DatabaseSync): Totals {
  const totals = database
    .prepare(
      'SELECT traces, spans, logs, bytes, evicted_spans AS evictedSpans, newest, newest_chunk AS newestChunk FROM totals',
    )
    .get()
  return { ...totals } as unknown as Totals
}

/** Gives what writes the totals. */
export function createTotalsWriter(database: DatabaseSync): (totals: Totals) => void {
  const update = database.prepare(
    'UPDATE totals SET traces = ?, spans = ?, logs = ?, bytes = ?, evicted_spans = ?, newest = ?, newest_chunk = ?',
  )
  return ({ traces, spans, logs, bytes, evictedSpans, newest, newestChunk }) =>
    void update.run(traces, spans, logs, bytes, evictedSpans, newest, newestChunk)
}
