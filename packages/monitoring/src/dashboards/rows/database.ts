import {
  METRIC_DB_CLIENT_CONNECTION_COUNT as CONNECTIONS,
  METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS as PENDING,
  METRIC_DB_CLIENT_OPERATION_DURATION as OPERATIONS,
} from '@throughline/conventions'
import { tracesOf } from '../../alerts/families/service-scope.ts'
import { type Matchers, series } from '../../promql.ts'
import { clickedLabel, traceLink } from '../data-links.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { CALM, type Panel } from '../panels/panel.ts'
import { createTimeSeries } from '../panels/time-series.ts'
import { countPerSecond, quantile, share, sumBy, sumPerSecond } from '../queries.ts'

const BY_DATABASE = 'job, db_namespace'
const BY_OPERATION = 'job, db_namespace, db_operation_name'
const OPERATION_LEGEND = '{{db_operation_name}} {{db_namespace}}'
const BY_POOL = 'job, db_client_connection_pool_name'
const POOL_LEGEND = '{{db_client_connection_pool_name}}'
const ERRORS: Matchers = { error_type: '!' }

/** How long database operations take, and how many fail. */
export function databaseSummaryPanels(
  scope: DashboardScope,
  chosen: Matchers,
  width: number,
): Panel[] {
  const failed = sumBy(BY_DATABASE, countPerSecond(OPERATIONS, { ...chosen, ...ERRORS }))
  const all = sumBy(BY_DATABASE, countPerSecond(OPERATIONS, chosen))
  return [
    createTimeSeries(scope, {
      title: 'Duration of operations',
      says: '95th percentile of the time a database operation takes. Over the limit: open a trace and look at its query.',
      unit: 's',
      width,
      alerts: ['DatabaseOperationsSlow'],
      links: [slowOperations(scope)],
      noValue: 'No operations',
      queries: [
        {
          expr: quantile(0.95, OPERATIONS, chosen, BY_OPERATION),
          legend: OPERATION_LEGEND,
          exemplars: true,
        },
      ],
    }),
    createTimeSeries(scope, {
      title: 'Failed operations',
      says: 'Share of database operations that end with an error. Right after a release: look for a missing column first.',
      unit: 'percentunit',
      width,
      alerts: ['DatabaseErrorRatioHigh'],
      links: [slowOperations(scope)],
      noValue: 'No operations',
      queries: [{ expr: share(failed, all), legend: '{{db_namespace}}' }],
    }),
  ]
}

/** What the database is asked, and what it costs. */
export const operationPanels = (scope: DashboardScope, chosen: Matchers): Panel[] => [
  createTimeSeries(scope, {
    title: 'Operations',
    says: 'Database operations a second, by kind. More a request than before means that a loop asks row by row.',
    unit: 'ops',
    width: 12,
    noValue: 'No operations',
    queries: [
      { expr: sumBy(BY_OPERATION, countPerSecond(OPERATIONS, chosen)), legend: OPERATION_LEGEND },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Time in the database',
    says: 'Operations in progress on average: operations a second times their mean duration. What stands highest here is what is worth an index.',
    unit: 'short',
    width: 12,
    stacked: true,
    noValue: 'No operations',
    queries: [
      { expr: sumBy(BY_OPERATION, sumPerSecond(OPERATIONS, chosen)), legend: OPERATION_LEGEND },
    ],
  }),
]

/** How the pools of connections stand. */
export const poolPanels = (scope: DashboardScope, chosen: Matchers): Panel[] => [
  createTimeSeries(scope, {
    title: 'Connections',
    says: 'Connections of each pool, in use and idle. All in use and none idle, with callers waiting, is a pool that is too small or held too long.',
    unit: 'short',
    width: 12,
    stacked: true,
    alerts: ['DatabasePoolExhausted'],
    steps: CALM,
    noValue: 'No pool',
    queries: [
      {
        expr: sumBy(`${BY_POOL}, db_client_connection_state`, series(CONNECTIONS.name, chosen)),
        legend: `${POOL_LEGEND} {{db_client_connection_state}}`,
      },
    ],
  }),
  createTimeSeries(scope, {
    title: 'Callers that wait for a connection',
    says: 'Should be 0. Else look for a transaction that is held open over a call to somebody else, before the pool is made larger.',
    unit: 'short',
    width: 12,
    alerts: ['DatabasePoolWaiting', 'DatabasePoolExhausted'],
    noValue: 'No pool',
    queries: [{ expr: sumBy(BY_POOL, series(PENDING.name, chosen)), legend: POOL_LEGEND }],
  }),
]

const slowOperations = (scope: DashboardScope): ReturnType<typeof traceLink> =>
  traceLink(
    scope,
    'Traces with database spans',
    tracesOf(clickedLabel('job'), 'kind = client', 'span.db.system.name != nil'),
  )
