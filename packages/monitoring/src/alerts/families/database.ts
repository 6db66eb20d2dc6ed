import {
  METRIC_DB_CLIENT_CONNECTION_COUNT,
  METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS,
  METRIC_DB_CLIENT_OPERATION_DURATION,
} from '@throughline/conventions'
import { holderOf } from '../../partition/shares.ts'
import { quoteLabel } from '../../partition/route-selector.ts'
import { escapeRegex } from '../../partition/route-regex.ts'
import { GUARDS, THRESHOLDS } from '../../thresholds.ts'
import type { AlertRule, TestSeries } from '../alert-rule.ts'
import { buildRule, firing, quiet, type RuleDraft } from '../build-rule.ts'
import { constant, counting, testSeries } from '../test-series.ts'
import {
  errorLogsOf,
  logsOf,
  pageUnlessMinor,
  type ServiceScope,
  tracesOf,
} from './service-scope.ts'

/** The databases of one team. */
interface DatabaseShare {
  readonly team: string
  readonly decidedBy: readonly string[]
  /** Matcher of `db_namespace`. */
  readonly matcher: string
  /** Matcher of the name of a pool, which ends with the database. */
  readonly poolMatcher: string
  /** Name of a database that is in it. */
  readonly sample: string
}

type Draft = Pick<
  RuleDraft,
  'alert' | 'expr' | 'for' | 'severity' | 'summary' | 'description' | 'cases' | 'traces'
>

/** Databases that a service uses: its pools, and each database by the team that the catalog names for it. */
export function databaseAlerts(scope: ServiceScope): AlertRule[] {
  const { ownership, name, service } = scope
  if (!service.dependencies.some(({ db }) => db !== undefined)) return []
  const shares = shareDatabases(scope)
  const fix = holderOf(ownership.resolver, name, 'productionFix')
  const build = (
    { team, decidedBy }: { readonly team: string; readonly decidedBy: readonly string[] },
    draft: Draft,
  ): AlertRule =>
    buildRule(ownership, {
      ...draft,
      team,
      service: name,
      decidedBy,
      logs: draft.alert === 'DatabaseErrorRatioHigh' ? errorLogsOf(name) : logsOf(name),
      variables: { service: name },
    })
  return [
    build({ ...fix, decidedBy: [fix.decidedBy] }, poolExhausted(scope)),
    ...shares.flatMap(share => [
      build(share, poolWaiting(name, share)),
      build(share, operationsSlow(name, share)),
      build(share, errorRatioHigh(name, share)),
    ]),
  ]
}

/** Each team's databases, and the remainder: those that no line lists belong to the service's data team. */
function shareDatabases({ ownership, name, service }: ServiceScope): DatabaseShare[] {
  const byTeam = new Map<string, string[]>()
  for (const { db, team } of service.dependencies)
    if (db !== undefined) byTeam.set(team, [...(byTeam.get(team) ?? []), db])
  const listed = [...byTeam].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const all = listed.flatMap(([, databases]) => databases)
  const rest = holderOf(ownership.resolver, name, 'data')
  return [
    ...listed.map(([team, databases]) => ({
      team,
      decidedBy: databases.map(db => `${name} db ${db}`),
      matcher: `db_namespace=~${quoteLabel(namespaceRegex(databases))}`,
      poolMatcher: `${POOL}=~${quoteLabel(poolRegex(databases))}`,
      sample: databases[0] ?? '',
    })),
    {
      team: rest.team,
      decidedBy: [rest.decidedBy],
      matcher: `db_namespace!~${quoteLabel(namespaceRegex(all))}`,
      poolMatcher: `${POOL}!~${quoteLabel(poolRegex(all))}`,
      sample: 'unlisted',
    },
  ]
}

/** PostgreSQL's conventions write `database|schema`. */
const namespaceRegex = (databases: readonly string[]): string =>
  databases
    .toSorted()
    .map(database => `${escapeRegex(database)}(?:\\|.*)?`)
    .join('|')

/** The conventions call a pool `host:port/database`. */
const poolRegex = (databases: readonly string[]): string =>
  `.*/(?:${databases
    .toSorted()
    .map(database => escapeRegex(database))
    .join('|')})`

const POOL = 'db_client_connection_pool_name'

const pool = (labels: TestLabels, pending: number, connections: number): TestSeries[] => [
  testSeries(METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS.name, labels, constant(pending)),
  testSeries(
    METRIC_DB_CLIENT_CONNECTION_COUNT.name,
    { ...labels, db_client_connection_state: 'used' },
    constant(connections),
  ),
]

type TestLabels = Readonly<Record<string, string>>
const poolLabels = (job: string, database: string): TestLabels => ({
  [POOL]: `db:5432/${database}`,
  instance: 'a:9464',
  job,
})

const pendingOf = (job: string, matcher = ''): string =>
  `sum by (job, instance, ${POOL}) (${METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS.name}{job="${job}"${matcher}})`

function poolWaiting(name: string, { poolMatcher, sample }: DatabaseShare): Draft {
  const labels = poolLabels(name, sample)
  const { value: limit, for: hold } = THRESHOLDS.DatabasePoolWaiting
  return {
    alert: 'DatabasePoolWaiting',
    expr: `${pendingOf(name, `,${poolMatcher}`)} > ${limit}`,
    for: hold,
    summary: `{{ $value | humanize }} callers in {{ $labels.instance }} of ${name} wait for a connection of {{ $labels.${POOL} }}`,
    description: `Somebody waits at each look for ${hold}: the pool is too small, or connections are held too long.`,
    traces: tracesOf(name, 'span.db.system.name != nil'),
    cases: {
      firing: firing('one waits', hold, pool(labels, 1, 10), 1, labels),
      quiet: quiet('nobody waits', hold, pool(labels, 0, 10)),
    },
  }
}

function poolExhausted(scope: ServiceScope): Draft {
  const { name } = scope
  const { value: limit, for: hold } = THRESHOLDS.DatabasePoolExhausted
  const labels = poolLabels(name, 'app')
  const connections = `sum by (job, instance, ${POOL}) (${METRIC_DB_CLIENT_CONNECTION_COUNT.name}{job="${name}"})`
  return {
    alert: 'DatabasePoolExhausted',
    expr: `${pendingOf(name)} / ${connections} > ${limit}`,
    for: hold,
    severity: pageUnlessMinor(scope),
    summary: `{{ $value | humanize }} callers wait for each connection of {{ $labels.${POOL} }} in {{ $labels.instance }} of ${name}`,
    description: `More wait than there are connections: requests time out before they reach the database.`,
    traces: tracesOf(name, 'span.db.system.name != nil'),
    cases: {
      firing: firing('15 wait for 10 connections', hold, pool(labels, 15, 10), 1.5, labels),
      quiet: quiet('10 wait for 10 connections', hold, pool(labels, 10, 10)),
    },
  }
}

const operation = (
  job: string,
  database: string,
  perMinute: number,
  labels: Readonly<Record<string, string>>,
): TestSeries =>
  testSeries(
    `${METRIC_DB_CLIENT_OPERATION_DURATION.name}_${'le' in labels ? 'bucket' : 'count'}`,
    { db_namespace: database, job, ...labels },
    counting(perMinute),
  )

function operationsSlow(name: string, { matcher, sample }: DatabaseShare): Draft {
  const { value: limit, for: hold } = THRESHOLDS.DatabaseOperationsSlow
  const rate = (suffix: string, by: string): string =>
    `sum by (${by}) (rate(${METRIC_DB_CLIENT_OPERATION_DURATION.name}_${suffix}{job="${name}",${matcher}}[5m]))`
  const feed = (within: number): TestSeries[] => [
    operation(name, sample, within, { le: '0.5' }),
    operation(name, sample, 60, { le: '1' }),
    operation(name, sample, 60, { le: '+Inf' }),
    operation(name, sample, 60, {}),
  ]
  return {
    alert: 'DatabaseOperationsSlow',
    expr: `histogram_quantile(0.95, ${rate('bucket', 'job, db_namespace, le')}) > ${limit} and ${rate('count', 'job, db_namespace')} > ${GUARDS.requestsPerSecond}`,
    for: hold,
    summary: `One operation in 20 of ${name} on database {{ $labels.db_namespace }} takes {{ $value | humanizeDuration }}`,
    description: `The 95th percentile is over ${limit} s.`,
    traces: tracesOf(name, 'span.db.system.name != nil', `duration > ${limit * 1000}ms`),
    cases: {
      firing: firing(
        'all take between half a second and one',
        '25m',
        feed(0),
        0.975,
        databaseLabels(name, sample),
      ),
      quiet: quiet('all take half a second or less', '25m', feed(60)),
    },
  }
}

const databaseLabels = (job: string, database: string): Record<string, string> => ({
  db_namespace: database,
  job,
})

function errorRatioHigh(name: string, { matcher, sample }: DatabaseShare): Draft {
  const { value: limit, for: hold } = THRESHOLDS.DatabaseErrorRatioHigh
  const rate = (more: string): string =>
    `sum by (job, db_namespace) (rate(${METRIC_DB_CLIENT_OPERATION_DURATION.name}_count{job="${name}",${matcher}${more}}[5m]))`
  const feed = (failed: number, all: number): TestSeries[] => [
    operation(name, sample, failed, { error_type: '57P01' }),
    operation(name, sample, all - failed, { error_type: '' }),
  ]
  return {
    alert: 'DatabaseErrorRatioHigh',
    expr: `${rate(',error_type!=""')} / ${rate('')} > ${limit} and ${rate('')} > ${GUARDS.requestsPerSecond}`,
    for: hold,
    summary: `{{ $value | humanizePercentage }} of the operations of ${name} on database {{ $labels.db_namespace }} fail`,
    description: `Over ${limit * 100} %: the database refuses, cancels or cannot be reached.`,
    traces: tracesOf(name, 'span.db.system.name != nil', 'status = error'),
    cases: {
      firing: firing(
        '6 of 60 each minute fail',
        '20m',
        feed(6, 60),
        0.1,
        databaseLabels(name, sample),
      ),
      quiet: quiet('3 of 60 each minute fail', '20m', feed(3, 60)),
      guards: [quiet('hardly any operation', '20m', feed(1, 2))],
    },
  }
}
