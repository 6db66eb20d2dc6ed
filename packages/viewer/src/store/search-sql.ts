import type { Search, SearchTerm } from './parse-search.ts'
import { traceKey } from './trace-key.ts'
import { renderFacet } from './trace-row.ts'
import type { WordSearch } from './word-search.ts'

/** A condition on a row of `traces`, and what stands in the place of its question marks. */
export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** What a search asks of a trace; undefined where it asks nothing. */
export function renderCondition({ terms }: Search, searchWord: WordSearch): Condition | undefined {
  if (terms.length === 0) return undefined
  const conditions = terms.map(term => {
    const { sql, values } = renderTerm(term, searchWord)
    return { sql: term.isExcluded ? `NOT (${sql})` : `(${sql})`, values }
  })
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}

function renderTerm(term: SearchTerm, searchWord: WordSearch): Condition {
  switch (term.kind) {
    case 'traceId':
      return {
        sql: 'trace_key = ? AND trace_id = ?',
        values: [traceKey(term.traceId), term.traceId],
      }
    case 'facet':
      return {
        sql: 'instr(facets, ?) > 0',
        values: [`\n${renderFacet(term.name, term.value)}`],
      }
    case 'failed':
      return { sql: 'failed = ?', values: [term.failed ? 1 : 0] }
    case 'status':
      return { sql: 'ifnull(status, 0) BETWEEN ? AND ?', values: [term.from, term.to] }
    case 'duration':
      return { sql: `duration_ms ${term.is === 'above' ? '>' : '<'} ?`, values: [term.ms] }
    case 'word':
      return {
        // A word of which no span holds all, as in a title, is found in what is known of the trace.
        sql: 'instr(words, ?) > 0 OR trace_id IN (SELECT value FROM json_each(?))',
        values: [term.text.toLowerCase(), JSON.stringify(searchWord(term.text))],
      }
  }
}
