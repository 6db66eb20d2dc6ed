import { DataqueryBuilder as LokiQueryBuilder } from '@grafana/grafana-foundation-sdk/loki'
import {
  DataqueryBuilder as PrometheusQueryBuilder,
  PromQueryFormat,
} from '@grafana/grafana-foundation-sdk/prometheus'
import { DataqueryBuilder as TempoQueryBuilder } from '@grafana/grafana-foundation-sdk/tempo'
import { DATA_SOURCES } from '../links.ts'

/** A data source, as a panel names it. */
interface DataSource {
  readonly type: string
  readonly uid: string
}

/** The data source of metrics that is chosen on the dashboard. */
export const METRICS: DataSource = { type: 'prometheus', uid: '${datasource}' }
export const LOGS: DataSource = { type: 'loki', uid: DATA_SOURCES.logs }
export const TRACES: DataSource = { type: 'tempo', uid: DATA_SOURCES.traces }

/** One PromQL query of a panel. */
export interface Query {
  readonly expr: string
  /** Name of each of its series, with labels as `{{http_route}}`. */
  readonly legend: string
  /** Whether traces are marked on it; for what is made of a histogram's buckets. */
  readonly exemplars?: boolean
}

/** Names of a panel's queries, in their order: A, B, … */
export const refId = (index: number): string => String.fromCodePoint(65 + index)

/** A query over the time that is shown. */
export function rangeTarget(
  { expr, legend, exemplars }: Query,
  index: number,
): PrometheusQueryBuilder {
  const target = new PrometheusQueryBuilder()
    .refId(refId(index))
    .datasource(METRICS)
    .expr(expr)
    .legendFormat(legend)
    .range()
  return exemplars === true ? target.exemplar(true) : target
}

/** A query for a table: one row for each series, at the end of the time that is shown. */
export const tableTarget = (expr: string, index: number): PrometheusQueryBuilder =>
  new PrometheusQueryBuilder()
    .refId(refId(index))
    .datasource(METRICS)
    .expr(expr)
    .format(PromQueryFormat.Table)
    .instant()

/** A query for a heatmap: one series for each bucket. */
export const heatmapTarget = (expr: string): PrometheusQueryBuilder =>
  new PrometheusQueryBuilder()
    .refId(refId(0))
    .datasource(METRICS)
    .expr(expr)
    .legendFormat('{{le}}')
    .format(PromQueryFormat.Heatmap)
    .exemplar(true)
    .range()

export const logTarget = (expr: string): LokiQueryBuilder =>
  new LokiQueryBuilder().refId(refId(0)).datasource(LOGS).expr(expr).queryType('range')

const MOST_TRACES = 20

export const traceTarget = (query: string): TempoQueryBuilder =>
  new TempoQueryBuilder()
    .refId(refId(0))
    .datasource(TRACES)
    .queryType('traceql')
    .query(query)
    .limit(MOST_TRACES)
