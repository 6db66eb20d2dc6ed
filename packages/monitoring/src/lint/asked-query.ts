import type { DashboardEntry } from './dashboard-files.ts'
import { fillVariables } from './grafana-variables.ts'
import { parsePromql, type Promql } from './promql.ts'
import { listQueries } from './runbook-queries.ts'

/** A PromQL query, and what asks it. */
export interface AskedQuery {
  readonly at: string
  /** The alert, series or panel, for a message. */
  readonly name: string
  readonly query: Promql
}

/** The PromQL queries of all panels. Dashboards of teams share most of theirs: each text is parsed once. */
export function listPanelQueries(dashboards: readonly DashboardEntry[]): AskedQuery[] {
  const parsed = new Map<string, Promql>()
  const parseOnce = (text: string): Promql => {
    const query = parsed.get(text) ?? parsePromql(text)
    parsed.set(text, query)
    return query
  }
  return dashboards
    .flatMap(({ panels }) => panels)
    .flatMap(({ at, name, targets }) =>
      targets
        .filter(({ type, query }) => type === 'prometheus' && query.trim() !== '')
        .map(({ query, refId = '' }) => ({
          at,
          name: `query ${refId} of ${name}`,
          query: parseOnce(fillVariables(query)),
        })),
    )
}

/** The PromQL queries that runbooks, by path, give to be copied. */
export function listRunbookQueries(runbooks: ReadonlyMap<string, string>): AskedQuery[] {
  return [...runbooks].flatMap(([path, text]) =>
    listQueries(text)
      .filter(({ language }) => language === 'promql')
      .map(({ line, query }) => ({
        at: `${path}:${line}`,
        name: 'the query of the runbook',
        query: parsePromql(query),
      })),
  )
}
