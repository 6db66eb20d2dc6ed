import type { Tree } from './lint-tree.ts'

/** A good repository broken in one way, and the one thing that must be found in it. */
export interface LintCase {
  readonly name: string
  readonly edit: (tree: Tree) => void
  readonly rule: string
  /** The file, and what the line says that is meant; the whole file without it. */
  readonly at: readonly [file: string, line?: string]
  /** Part of the message: it quotes what is wrong. */
  readonly says: string
  /** Part of the mend. */
  readonly fix: string
  /** Day on which it is linted. @default that of the tree */
  readonly today?: string
}

export const CATALOG = 'ownership.yaml'
export const ALERTS = 'alerts/billing/alerts.rules.yaml'
export const OWN_ALERTS = 'alerts/platform/own/alerts.rules.yaml'
export const OWN_TESTS = 'alerts/platform/own/alerts.test.yaml'
export const RECORDINGS = 'alerts/billing/recording.rules.yaml'
export const TESTS = 'alerts/billing/alerts.test.yaml'
export const ROUTING = 'alerts/alertmanager.yaml'
export const SLO = 'dashboards/billing/slo.json'
export const HOME = 'dashboards/billing/home.json'
export const EXTRA = 'alerts/platform/extra.rules.yaml'
export const EXTRA_TESTS = 'alerts/platform/extra.test.yaml'
export const RUNBOOK = 'docs/runbooks/http-error-ratio-high.md'

/** Changes the fields of a panel of the dashboard of objectives. */
export function panel(
  title: string,
  change: (panel: Record<string, unknown>) => void,
): LintCase['edit'] {
  return tree => {
    const dashboard = JSON.parse(tree.get(SLO) ?? '') as { panels: Record<string, unknown>[] }
    const found = dashboard.panels.find(one => one['title'] === title)
    if (found === undefined) throw new Error(`there is no panel ${title}`)
    change(found)
    tree.set(SLO, `${JSON.stringify(dashboard, undefined, 2)}\n`)
  }
}

/** An alert beside those of the platform team, tested on both sides. */
export function alert(name: string, expr: string, fields = ''): LintCase['edit'] {
  const labels =
    'team: platform, role: productionFix, service: web, severity: ticket, kind: symptom'
  return tree => {
    tree.set(
      EXTRA,
      `groups:
  - name: extra
    rules:
      - alert: ${name}
        expr: ${expr}
        labels: { ${labels} }
        annotations:
          summary: Something is wrong
          description: It should not be
          runbook_url: docs/runbooks/orders-stuck.md
${fields}`,
    )
    tree.set(
      EXTRA_TESTS,
      `rule_files: [extra.rules.yaml]
tests:
  - alert_rule_test:
      - { alertname: ${name}, eval_time: 1m, exp_alerts: [{ exp_labels: { ${labels} } }] }
      - { alertname: ${name}, eval_time: 2m }
`,
    )
  }
}
