import { parser } from '@grafana/lezer-traceql'
import { findSyntaxProblem, type QueryProblem } from './syntax-problems.ts'

/** The first mistake in a query of Tempo, if there is one. Variables of Grafana have to be replaced before. */
export function checkTraceql(query: string): QueryProblem | undefined {
  return findSyntaxProblem(parser.parse(query), query)
}
