import type { AlertRule } from '../src/alerts/alert-rule.ts'

/** An alert rule of team billing about service web, but for what is given. */
export function makeAlert(change: Partial<AlertRule> = {}): AlertRule {
  const quiet = { name: 'nothing is there', input: [], at: '5m', fires: [] }
  return {
    alert: 'HttpErrorRatioHigh',
    expr: 'a > 0.05',
    for: '5m',
    labels: {
      team: 'billing',
      role: 'productionFix',
      service: 'web',
      severity: 'ticket',
      kind: 'symptom',
    },
    annotations: {
      summary: '{{ $labels.http_route }} fails {{ $value | humanizePercentage }} of its requests',
      description: 'More than 5 % fail.',
      runbook_url: 'https://example.com/runbooks/http-error-ratio-high.md',
      dashboard_url: 'https://example.com/d/billing-route-detail',
      logs_url: 'https://example.com/logs',
      traces_url: 'https://example.com/traces',
      owner_contact: 'Billing, #billing',
      decided_by: 'ownership.yaml: web GET /invoices',
    },
    uid: 'http-error-ratio-high-web-billing',
    cases: { firing: quiet, quiet },
    ...change,
  }
}
