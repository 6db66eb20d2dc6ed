import type { DatabaseSync } from 'node:sqlite'
import type { StoreLimits } from './store.ts'
import type { Totals } from './totals.ts'

/** Part of a limit that is freed at once, so that it is not done at every batch. */
const SLICE = 1 / 64

interface ChunkSize {
  readonly id: number
  readonly is_logs: number
  readonly records: number
  readonly bytes: number
}

/**
 * Gives what makes room: when a limit is passed, it removes the oldest chunks and what was drawn from them, and brings the totals
 * up to date. It gives the last chunk that went, and 0 where none had to.
 */
export function createEviction(
  database: DatabaseSync,
  { maxSpans, maxBytes }: StoreLimits,
): (totals: Totals) => number {
  const oldest = database.prepare('SELECT id, is_logs, records, bytes FROM chunks ORDER BY id')
  const removeTraces = database.prepare(
    `DELETE FROM traces WHERE trace_key IN (SELECT trace_key FROM chunks WHERE id <= ?1) AND last_chunk <= ?1`,
  )
  const markTraces = database.prepare(
    `UPDATE traces SET evicted = 1 WHERE (trace_key, trace_id) IN (SELECT trace_key, trace_id FROM chunks WHERE id <= ?1) AND evicted = 0`,
  )
  const removals = ['chunks WHERE id', 'activity WHERE chunk', 'links WHERE chunk'].map(where =>
    database.prepare(`DELETE FROM ${where} <= ?`),
  )

  return totals => {
    if (totals.spans <= maxSpans && totals.bytes <= maxBytes) return 0
    const mostSpans = Math.ceil(maxSpans * (1 - SLICE))
    const mostBytes = Math.ceil(maxBytes * (1 - SLICE))
    let last = 0
    for (const chunk of oldest.iterate() as Iterable<unknown> as Iterable<ChunkSize>) {
      if (totals.spans <= mostSpans && totals.bytes <= mostBytes) break
      last = chunk.id
      totals.bytes -= chunk.bytes
      if (chunk.is_logs === 1) {
        totals.logs -= chunk.records
      } else {
        totals.spans -= chunk.records
        totals.evictedSpans += chunk.records
      }
    }
    totals.traces -= Number(removeTraces.run(last).changes)
    markTraces.run(last)
    for (const remove of removals) remove.run(last)
    return last
  }
}
