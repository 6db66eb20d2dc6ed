import type { Catalog, Problem } from '@throughline/catalog'
import { type AlertmanagerFile, readAlertmanager } from './alertmanager-file.ts'
import { type AskedQuery, listPanelQueries, listRunbookQueries } from './asked-query.ts'
import { type DashboardEntry, readDashboards } from './dashboard-files.ts'
import { type AlertTest, readAlertTests } from './alert-test-files.ts'
import { listKnownMetrics, type KnownMetrics } from './known-metrics.ts'
import type { LintInput } from './lint-input.ts'
import { OWN_METRICS_FILE, parseOwnMetrics } from './own-metrics.ts'
import { type AlertEntry, readRuleEntries, type RecordingEntry } from './rule-files.ts'

/** What is linted, read once for all rules. */
export interface LintContext extends LintInput {
  readonly catalog: Catalog
  readonly alerts: readonly AlertEntry[]
  /** Recording rules by the series they write. */
  readonly recordings: ReadonlyMap<string, RecordingEntry>
  readonly allRecordings: readonly RecordingEntry[]
  readonly tests: readonly AlertTest[]
  readonly dashboards: readonly DashboardEntry[]
  /** PromQL of panels, and of runbooks. */
  readonly panelQueries: readonly AskedQuery[]
  readonly runbookQueries: readonly AskedQuery[]
  /** Alertmanager's configuration, where there is one. */
  readonly alertmanager: AlertmanagerFile | undefined
  readonly metrics: KnownMetrics
  /** Paths of the runbooks by name, without folder and ending. */
  readonly runbookPages: ReadonlyMap<string, string>
  /** Files and lines that could not be read. */
  readonly unreadable: readonly Problem[]
}

/** Reads the files of an input. */
export function createLintContext(input: LintInput): LintContext {
  const { files, ownership } = input
  const rules = readRuleEntries(files)
  const tests = readAlertTests(files)
  const dashboards = readDashboards(files)
  const routing = readAlertmanager(files)
  const own = parseOwnMetrics(files.get(OWN_METRICS_FILE) ?? '')
  return {
    ...input,
    catalog: ownership.catalog,
    alerts: rules.alerts,
    recordings: new Map(rules.recordings.map(rule => [rule.name, rule])),
    allRecordings: rules.recordings,
    tests: tests.tests,
    dashboards: dashboards.dashboards,
    panelQueries: listPanelQueries(dashboards.dashboards),
    runbookQueries: listRunbookQueries(input.runbooks),
    alertmanager: routing.alertmanager,
    metrics: listKnownMetrics(own.metrics),
    runbookPages: new Map(
      [...input.runbooks.keys()].map(path => [
        path.replace(/^.*\//, '').replace(/\.md$/, ''),
        path,
      ]),
    ),
    unreadable: [rules, tests, dashboards, routing, own, input.accepted].flatMap(
      ({ problems }) => problems,
    ),
  }
}
