import type { DatabaseSync } from 'node:sqlite'
import type { StoreLimits } from './store.ts'
import type { Totals } from './totals.ts'

/** Part of a limit that is freed at once, so that it is not done at every batch. */
const SLICE = 1 / 64

interface Size {
  readonly id: number
  readonly spans: number
  readonly logs: number
  readonly bytes: number
}

/** Numbers of the traces that are in chunks which go. */
const TOUCHED = 'SELECT value FROM chunks, json_each(chunks.traces) WHERE chunks.id <= ?1'

/**
 * Gives what makes room: when a limit is passed, it removes the oldest chunks and logs, and what was drawn from them, and brings the
 * totals up to date. It gives the last id that went, and 0 where none had to.
 */
export function createEviction(
  database: DatabaseSync,
  { maxSpans, maxBytes }: StoreLimits,
): (totals: Totals) => number {
  const oldest = database.prepare(
    `SELECT id, spans, 0 AS logs, bytes FROM chunks UNION ALL SELECT id, 0, records, bytes FROM logs ORDER BY id`,
  )
  const removeTraces = database.prepare(
    `DELETE FROM traces WHERE number IN (${TOUCHED}) AND last_chunk <= ?1`,
  )
  const markTraces = [
    `number IN (${TOUCHED})`,
    '(trace_key, trace_id) IN (SELECT trace_key, trace_id FROM logs WHERE id <= ?1)',
  ].map(which => database.prepare(`UPDATE traces SET evicted = 1 WHERE ${which} AND evicted = 0`))
  const removals = [
    `earlier_chunks WHERE trace IN (${TOUCHED}) AND chunk <= ?1`,
    'chunks WHERE id <= ?1',
    'logs WHERE id <= ?1',
    'activity WHERE chunk <= ?1',
    'links WHERE chunk <= ?1',
  ].map(which => database.prepare(`DELETE FROM ${which}`))

  return totals => {
    if (totals.spans <= maxSpans && totals.bytes <= maxBytes) return 0
    const mostSpans = Math.ceil(maxSpans * (1 - SLICE))
    const mostBytes = Math.ceil(maxBytes * (1 - SLICE))
    let last = 0
    for (const {
      id,
      spans,
      logs,
      bytes,
    } of oldest.iterate() as Iterable<unknown> as Iterable<Size>) {
      if (totals.spans <= mostSpans && totals.bytes <= mostBytes) break
      last = id
      totals.bytes -= bytes
      totals.logs -= logs
      totals.spans -= spans
      totals.evictedSpans += spans
    }
    totals.traces -= Number(removeTraces.run(last).changes)
    for (const mark of markTraces) mark.run(last)
    for (const remove of removals) remove.run(last)
    return last
  }
}
