/** A query that a page of Markdown gives to be copied. */
interface PageQuery {
  readonly language: 'promql' | 'logql' | 'traceql'
  /** Line on which it begins, from 1. */
  readonly line: number
  readonly query: string
}

const FENCE = /^```(promql|logql|traceql)[^\n]*\n([\s\S]*?)^```/gm

/** The queries in fenced blocks whose language says so. */
export function listQueries(markdown: string): PageQuery[] {
  return [...markdown.matchAll(FENCE)].map(({ index, 1: language, 2: query = '' }) => ({
    language: language as PageQuery['language'],
    line: markdown.slice(0, index).split('\n').length + 1,
    query: query.trim(),
  }))
}
