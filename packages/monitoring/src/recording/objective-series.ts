import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
import type { RecordingRule } from '../alerts/alert-rule.ts'
import { type Objective, OBJECTIVES } from '../objective-list.ts'
import { partitionRoutes } from '../partition/partition-routes.ts'
import type { RouteSelector } from '../partition/route-selector.ts'
import type { NamedService } from '../partition/shares.ts'
import { anyOf, BY_ROUTE, type Matchers, series, seriesOf } from '../promql.ts'
import {
  RECORDED,
  SLO_WINDOWS,
  sliErrorRatio,
  sliRequests,
  type SloWindow,
} from '../recorded-series.ts'
import { BURN_WINDOWS } from '../thresholds.ts'

const COUNT = `${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_count`
const BUCKET = `${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_bucket`

/** Series that change within minutes, and those of the whole period, which need not be computed as often. */
export interface ObjectiveSeries {
  readonly current: readonly RecordingRule[]
  readonly period: readonly RecordingRule[]
}

/** Routes of a service that promise the same. */
interface Promised {
  readonly objective: Objective
  readonly key: string
  readonly selectors: readonly RouteSelector[]
}

/** How often each promise of a service is broken, over each window. */
export function objectiveSeries(service: NamedService): ObjectiveSeries {
  const promised = OBJECTIVES.flatMap(objective => listPromised(service, objective))
  return {
    current: promised.flatMap(promise => [
      ...SLO_WINDOWS.map(window => errorRatio(service.name, promise, window)),
      ...BURN_WINDOWS.map(({ long }) => requests(service.name, promise, long)),
      budget(service.name, promise),
    ]),
    period: promised.map(promise => remaining(service.name, promise)),
  }
}

function listPromised({ service }: NamedService, objective: Objective): Promised[] {
  const { groups } = partitionRoutes(
    service.routes.map(route => ({ pattern: route.match, group: objective.keyOf(route) })),
  )
  return [...groups].map(([key, selectors]) => ({ objective, key, selectors }))
}

/** A function over a window of the request histogram, summed by route, of the routes of a promise. */
function overWindow(
  call: 'rate' | 'increase',
  metric: string,
  matchers: Matchers,
  selectors: readonly RouteSelector[],
  window: SloWindow,
): string {
  return anyOf(
    selectors.map(
      selector =>
        `sum by (${BY_ROUTE}) (${call}(${series(metric, matchers, selector)}[${window}]))`,
    ),
  )
}

function errorRatio(
  job: string,
  { objective, key, selectors }: Promised,
  window: SloWindow,
): RecordingRule {
  const count = (matchers: Matchers): string =>
    overWindow('rate', COUNT, { job, ...matchers }, selectors, window)
  const bucket = objective.bucketOf(key)
  const all = count({})
  const failed =
    bucket === undefined
      ? `(${count({ http_response_status_code: '~5..' })} or ${all} * 0)`
      : `(${all} - ${overWindow('rate', BUCKET, { job, le: leOf(bucket) }, selectors, window)})`
  return {
    record: sliErrorRatio(window),
    // Without requests there is no ratio, rather than NaN.
    expr: `${failed} / (${all} > 0)`,
    labels: labelsOf(job, { objective, key }),
  }
}

/** Prometheus 3 keeps a whole bound as `1.0`, older ones as it was scraped. */
const leOf = (bucket: number): string =>
  Number.isInteger(bucket) ? `~${bucket}(?:\\.0)?` : String(bucket)

function requests(
  job: string,
  { objective, key, selectors }: Promised,
  window: SloWindow,
): RecordingRule {
  return {
    record: sliRequests(window),
    expr: overWindow('increase', COUNT, { job }, selectors, window),
    labels: labelsOf(job, { objective, key }),
  }
}

function budget(job: string, { objective, key, selectors }: Promised): RecordingRule {
  const ratio = seriesOf(sliErrorRatio('5m'), { job, slo: objective.slo }, selectors)
  return {
    record: RECORDED.errorBudget,
    expr: `${ratio} * 0 + ${objective.budgetOf(key)}`,
    labels: labelsOf(job, { objective, key }),
  }
}

function remaining(job: string, { objective, key, selectors }: Promised): RecordingRule {
  const mean = anyOf(
    selectors.map(
      selector =>
        `avg_over_time(${series(sliErrorRatio('5m'), { job, slo: objective.slo }, selector)}[30d])`,
    ),
  )
  return {
    record: RECORDED.budgetRemaining,
    expr: `1 - ${mean} / ${objective.budgetOf(key)}`,
    labels: labelsOf(job, { objective, key }),
  }
}

/** The rules of several services and objectives stand in one file: their labels tell them apart. */
const labelsOf = (
  job: string,
  { objective, key }: Pick<Promised, 'objective' | 'key'>,
): Readonly<Record<string, string>> => ({
  job,
  slo: objective.slo,
  objective: objective.nameOf(key),
})
