import type { DatabaseSync } from 'node:sqlite'
import type { TraceCount, TraceList, TraceSummary } from '../api/traces.ts'
import { parseSearch } from './parse-search.ts'
import { renderCondition } from './search-sql.ts'
import { readTotals } from './totals.ts'
import type { WordSearch } from './word-search.ts'

/** A place in the list: start and number of the trace before it. */
type Place = readonly [startMs: number, number: number]

/** Gives a page of the traces that match, the newest first. A `before` that is none is taken for the beginning. */
export function listTraces(
  database: DatabaseSync,
  text: string,
  { before, limit }: { readonly before?: string; readonly limit: number },
  searchWord: WordSearch,
): TraceList {
  const search = parseSearch(text)
  const condition = renderCondition(search, searchWord)
  const place = parsePlace(before)
  const { traces: all, newest } = readTotals(database)
  const found =
    condition === undefined
      ? { total: all, places: pageOfAll(database, place, limit + 1) }
      : pageOfMatching(matching(database, condition.sql, condition.values), place, limit + 1)
  const shown = found.places.slice(0, limit)
  const last = shown.at(-1)
  return {
    traces: readSummaries(database, shown),
    next: last !== undefined && found.places.length > limit ? last.join() : undefined,
    total: found.total,
    newest,
    complaints: search.complaints,
  }
}

/** Counts the traces that match and have a number above `after`. */
export function countTraces(
  database: DatabaseSync,
  text: string,
  after: number,
  searchWord: WordSearch,
): TraceCount {
  const condition = renderCondition(parseSearch(text), searchWord)
  // All of them are counted by what is smaller than the table.
  const from =
    condition === undefined
      ? 'traces INDEXED BY traces_by_start WHERE number > ?'
      : `traces WHERE number > ? AND ${condition.sql}`
  const row = database
    .prepare(`SELECT count(*) AS count FROM ${from}`)
    .get(after, ...(condition?.values ?? []))
  return { count: Number(row?.['count']), newest: readTotals(database).newest }
}

function pageOfAll(database: DatabaseSync, place: Place | undefined, limit: number): Place[] {
  const where = place === undefined ? '' : 'WHERE (start_ms, number) < (?, ?)'
  return places(
    database,
    `SELECT start_ms, number FROM traces ${where} ORDER BY start_ms DESC, number DESC LIMIT ?`,
    [...(place ?? []), limit],
  )
}

/** In no order: to look through the table as it lies is faster than by an index, and all have to be counted anyway. */
function matching(
  database: DatabaseSync,
  condition: string,
  values: readonly (string | number)[],
): Place[] {
  return places(database, `SELECT start_ms, number FROM traces WHERE ${condition}`, values)
}

function places(
  database: DatabaseSync,
  sql: string,
  values: readonly (string | number)[],
): Place[] {
  return database
    .prepare(sql)
    .all(...values)
    .map(row => [row['start_ms'], row['number']] as unknown as Place)
}

function pageOfMatching(
  all: Place[],
  place: Place | undefined,
  limit: number,
): { readonly total: number; readonly places: readonly Place[] } {
  const sorted = all.toSorted((a, b) => b[0] - a[0] || b[1] - a[1])
  const from =
    place === undefined
      ? 0
      : sorted.findIndex(
          ([start, number]) => start < place[0] || (start === place[0] && number < place[1]),
        )
  return { total: all.length, places: from === -1 ? [] : sorted.slice(from, from + limit) }
}

const PLACE = /^(-?\d+(?:\.\d+)?(?:e[+-]\d+)?),(\d+)$/

function parsePlace(before = ''): Place | undefined {
  const [, startMs, number] = PLACE.exec(before) ?? []
  return startMs === undefined ? undefined : [Number(startMs), Number(number)]
}

function readSummaries(database: DatabaseSync, shown: readonly Place[]): TraceSummary[] {
  const select = database.prepare('SELECT summary FROM traces WHERE number = ?')
  return shown.map(
    ([, number]) => JSON.parse(String(select.get(number)?.['summary'])) as TraceSummary,
  )
}
