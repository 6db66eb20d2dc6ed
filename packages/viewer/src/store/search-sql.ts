import { isAmbiguous } from './payload-text.ts'
import type { Search, SearchTerm } from './parse-search.ts'
import { traceKey } from './trace-key.ts'
import { renderFacet } from './trace-row.ts'

/** A condition on a row of `traces`, and what stands in the place of its question marks. */
export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** What a search asks of a trace; undefined where it asks nothing. */
export function renderCondition({ terms }: Search): Condition | undefined {
  if (terms.length === 0) return undefined
  // A text that has to be read whole comes last.
  const conditions = terms
    .toSorted((a, b) => Number(a.kind === 'word') - Number(b.kind === 'word'))
    .map(term => {
      const { sql, values } = renderTerm(term)
      return { sql: term.isExcluded ? `NOT (${sql})` : `(${sql})`, values }
    })
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}

function renderTerm(term: SearchTerm): Condition {
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
      return renderWord(term.text)
  }
}

/** A word is looked for in what is known of the trace, and where it is not, in all that its spans and logs say. */
function renderWord(word: string): Condition {
  const text = JSON.stringify(word).slice(1, -1)
  // Finds a text whatever it has that means something to LIKE.
  const pattern = `%${text.replaceAll(/[%_\\]/g, '\\$&')}%`
  const check = isAmbiguous(word) ? 'AND holds_text(payload, ?)' : ''
  return {
    sql: `instr(words, ?) > 0 OR EXISTS (SELECT 1 FROM chunks WHERE chunks.trace_key = traces.trace_key
      AND chunks.trace_id = traces.trace_id AND payload LIKE ? ESCAPE '\\' ${check})`,
    values: [word.toLowerCase(), pattern, ...(check === '' ? [] : [text])],
  }
}
