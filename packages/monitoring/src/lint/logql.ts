import { parser } from '@grafana/lezer-logql'
import { findSyntaxProblem, type QueryProblem } from './syntax-problems.ts'

/** The first mistake in a query of Loki, if there is one. Variables of Grafana have to be replaced before. */
export function checkLogql(query: string): QueryProblem | undefined {
  return findSyntaxProblem(parser.parse(query), query)
}
