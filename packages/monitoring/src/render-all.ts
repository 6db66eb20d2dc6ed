import { compileRules } from './alerts/compile-rules.ts'
import { renderPrometheusRuleFiles } from './alerts/render-prometheus-rule.ts'
import { renderRuleFiles } from './alerts/render-rules.ts'
import { renderDashboardFiles } from './dashboards/render-dashboards.ts'
import { renderExportFiles } from './exports/export-files.ts'
import { renderGrafanaFiles } from './grafana/render-grafana-files.ts'
import type { OutputFile } from './output-file.ts'
import type { Ownership } from './ownership.ts'
import { renderAlertTestFiles } from './promtool/render-alert-tests.ts'
import { renderRoutingFiles } from './routing/render-routing-files.ts'

/**
 * Every file that follows from a catalog, sorted by path.
 *
 * `previous` are the files of the last time, by path: what they provisioned in Grafana and is no more has to be deleted by
 * name. The same catalog over its own output gives the same files.
 */
export function renderAll(
  ownership: Ownership,
  previous: ReadonlyMap<string, string>,
): readonly OutputFile[] {
  const rules = compileRules(ownership)
  return [
    ...renderRuleFiles(rules),
    ...renderAlertTestFiles(rules),
    ...renderPrometheusRuleFiles(rules),
    ...renderRoutingFiles(ownership),
    ...renderGrafanaFiles(ownership, rules, previous),
    ...renderDashboardFiles(ownership, rules),
    ...renderExportFiles(ownership),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
