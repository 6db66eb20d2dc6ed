import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Finding } from '../src/lint/finding.ts'
import { lintRepository, type LintRepositoryOptions } from '../src/lint/lint-repository.ts'

/** The day on which the tree is linted. */
export const TODAY = '2026-11-24'

const CATALOG = `version: 1
org:
  github: acme
  defaultTeam: platform
  links: { grafana: "http://grafana.test", runbooks: "https://acme.test/runbooks" }
teams:
  platform:
    name: Platform
    github: "@acme/platform"
    channels: { people: "#platform", page: pagerduty:env:PAGERDUTY_PLATFORM, ticket: "#platform-alerts" }
    reviewedAt: 2026-11-02
  billing:
    name: Billing
    github: "@acme/billing"
    channels: { people: "#billing", page: pagerduty:env:PAGERDUTY_BILLING, ticket: "#billing-alerts" }
    reviewedAt: 2026-11-02
services:
  web:
    kind: next
    criticality: critical
    paths: ["services/web/**"]
    roles: { productionFix: platform, schemaApproval: platform, authReview: platform, performance: platform, productNotice: platform }
    locations: { logs: stdout, dashboards: generated, rateLimits: services/web/lib/limits.ts, runbooks: docs/runbooks }
    routes:
      - { match: "GET /", team: platform }
      - { match: "GET /invoices/*", team: billing, objective: { availability: 99.9, latency: { p95: 500ms } } }
      - { match: "/settings", team: platform }
      - { match: "POST /api/pay", team: billing }
      - { match: "GET /api/old", team: billing, lifecycle: deprecated, sunset: 2027-03-01 }
      - { match: "GET /api/health", unowned: by-design }
    reviewedAt: 2026-11-02
    reviewEvery: 90d
  api:
    kind: node
    criticality: medium
    paths: ["services/api/**"]
    roles: { productionFix: billing, schemaApproval: billing, authReview: platform, performance: billing, productNotice: billing }
    routes:
      - { match: "GET /v1/charges/:id", team: billing }
      - { match: "POST /v1/charges", team: billing }
      - { match: "GET /v1/files/**", team: billing }
    reviewedAt: 2026-11-02
decisions:
  - id: charges-apart
    question: Charges in route handlers or in an API of their own?
    chosen: separate-api
    on: 2026-09-01
    by: platform
    revisitWhen:
      - { route: "api GET /v1/charges/:id", p95: "<50ms", for: 30d }
exceptions:
  - { rule: route-unowned, target: "web /legacy/**", until: 2026-12-31, reason: goes with the old shop, by: platform }
`

const BILLING_ALERTS = `groups:
  - name: web
    interval: 30s
    rules:
      - alert: HttpErrorRatioHigh
        expr: sum by (http_route) (route:http_server_errors:rate5m{job="web",http_route=~"/invoices/[^/]+|/api/pay"}) / sum by (http_route) (route:http_server_requests:rate5m{job="web",http_route=~"/invoices/[^/]+|/api/pay"}) > 0.05
        for: 5m
        labels:
          team: billing
          role: productionFix
          service: web
          severity: ticket
          kind: symptom
        annotations:
          summary: Many requests to {{ $labels.http_route }} fail
          description: "{{ $value | humanizePercentage }} fail; the limit is 5 %"
          runbook_url: https://acme.test/runbooks/http-error-ratio-high.md
          dashboard_url: http://grafana.test/d/billing-slo?viewPanel=2
      - alert: AvailabilityBurnFast
        expr: slo:sli_error:ratio_rate1h{job="web",slo="availability"} > 0.0144 and slo:sli_requests:increase1h{job="web",slo="availability"} >= 100
        labels:
          team: billing
          role: productionFix
          service: web
          severity: page
          kind: symptom
        annotations:
          summary: The budget of {{ $labels.http_route }} burns
          description: Its errors are 14.4 times what the objective allows
          runbook_url: https://acme.test/runbooks/availability-burn-fast.md
`

const RECORDINGS = `groups:
  - name: requests
    rules:
      - record: route:http_server_requests:rate5m
        expr: sum by (job, http_request_method, http_route) (rate(http_server_request_duration_seconds_count[5m]))
      - record: route:http_server_errors:rate5m
        expr: sum by (job, http_request_method, http_route) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m]))
      - record: slo:sli_error:ratio_rate1h
        expr: sum by (job, http_route) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[1h])) / sum by (job, http_route) (rate(http_server_request_duration_seconds_count[1h]))
        labels: { slo: availability }
      - record: slo:sli_requests:increase1h
        expr: sum by (job, http_route) (increase(http_server_request_duration_seconds_count[1h]))
        labels: { slo: availability }
`

const PLATFORM_ALERTS = `groups:
  - name: platform
    rules:
      - alert: Watchdog
        expr: vector(1)
        labels: { team: platform, role: telemetry, service: all, severity: none, kind: meta }
        annotations:
          summary: Alerting works
          description: Fires always
          runbook_url: https://acme.test/runbooks/watchdog.md
      - alert: ServiceTelemetryMissing
        expr: absent(target_info{job="web"})
        for: 5m
        labels: { team: platform, role: productionFix, service: web, severity: page, kind: cause }
        annotations:
          summary: "{{ $labels.job }} sends no metrics"
          description: For five minutes
          runbook_url: https://acme.test/runbooks/service-telemetry-missing.md
      - alert: OrdersStuck
        expr: rate(orders_placed_total[5m]) == 0
        for: 10m
        labels: { team: platform, role: productionFix, service: web, severity: ticket, kind: symptom }
        annotations:
          summary: No orders on {{ $labels.instance }}
          description: For ten minutes
          runbook_url: docs/runbooks/orders-stuck.md
`

const expectation = (alert: string, team: string, rest: string): string => `
  - alert_rule_test:
      - eval_time: 10m
        alertname: ${alert}
        exp_alerts:
          - exp_labels: { team: ${team}, ${rest} }
      - eval_time: 1m
        alertname: ${alert}`

const BILLING_TESTS = `rule_files: [alerts.rules.yaml, recording.rules.yaml]
tests:${expectation('HttpErrorRatioHigh', 'billing', 'role: productionFix, service: web, severity: ticket, kind: symptom, http_route: /api/pay')}${expectation('AvailabilityBurnFast', 'billing', 'role: productionFix, service: web, severity: page, kind: symptom')}
`

const PLATFORM_TESTS = `rule_files: ["*.rules.yaml"]
tests:${expectation('Watchdog', 'platform', 'role: telemetry, service: all, severity: none, kind: meta')}${expectation('ServiceTelemetryMissing', 'platform', 'role: productionFix, service: web, severity: page, kind: cause, job: web')}${expectation('OrdersStuck', 'platform', 'role: productionFix, service: web, severity: ticket, kind: symptom')}
`

const ALERTMANAGER = `route:
  receiver: unrouted
  routes:
    - receiver: watchdog
      matchers: [alertname="Watchdog"]
    - receiver: billing-ticket
      matchers: [team="billing"]
      routes:
        - { receiver: billing-page, matchers: [severity="page"] }
        - { receiver: billing-notice, matchers: ['severity=~"notice|info"'] }
    - receiver: platform-ticket
      match: { team: platform }
      routes:
        - { receiver: platform-page, matchers: [severity="page"] }
receivers:
  - name: unrouted
  - name: watchdog
  - name: billing-ticket
    webhook_configs: [{ url_file: /run/secrets/BILLING_HOOK }]
  - name: billing-page
    pagerduty_configs: [{ routing_key_file: /run/secrets/PAGERDUTY_BILLING }]
  - name: billing-notice
  - name: platform-ticket
    webhook_configs: [{ url: "http://127.0.0.1:5001/hook" }]
  - name: platform-page
inhibit_rules:
  - source_matchers: [alertname="ServiceTelemetryMissing"]
    target_matchers: [severity="ticket"]
    equal: [service]
`

interface PanelFields {
  readonly id: number
  readonly title: string
  readonly type: string
  readonly y: number
  readonly unit?: string
  readonly targets: readonly object[]
}

const OWNER = 'Owner: Billing (ownership.yaml: web GET /invoices/*)'

const panel = ({ unit, y, ...fields }: PanelFields): object => ({
  ...fields,
  description: `How it goes.\n\n${OWNER}`,
  gridPos: { x: 0, y, w: 12, h: 8 },
  fieldConfig: {
    defaults: {
      ...(unit === undefined ? {} : { unit }),
      links: [{ title: 'Runbook', url: 'https://acme.test/runbooks/http-error-ratio-high.md' }],
    },
    overrides: [],
  },
})

const METRICS = { type: 'prometheus', uid: '${datasource}' }

const DASHBOARD = {
  uid: 'billing-slo',
  title: 'Billing: objectives',
  tags: ['team:billing'],
  links: [{ title: 'Home', url: '/d/billing-home?var-service=${service}' }],
  templating: {
    list: [
      { name: 'datasource', type: 'datasource' },
      { name: 'service', type: 'custom' },
    ],
  },
  panels: [
    { id: 1, type: 'row', title: 'Traffic', gridPos: { x: 0, y: 0, w: 24, h: 1 }, panels: [] },
    panel({
      id: 2,
      title: 'Requests',
      type: 'timeseries',
      y: 1,
      unit: 'reqps',
      targets: [
        {
          refId: 'A',
          datasource: METRICS,
          expr: 'sum by (http_route) (rate(http_server_request_duration_seconds_count{job="$service"}[$__rate_interval]))',
        },
      ],
    }),
    panel({
      id: 3,
      title: 'Errors in the log',
      type: 'logs',
      y: 9,
      targets: [
        {
          refId: 'A',
          datasource: { type: 'loki', uid: 'loki' },
          expr: '{service_name="$service"} | json | level="error"',
        },
      ],
    }),
    panel({
      id: 4,
      title: 'Slow traces',
      type: 'table',
      y: 17,
      targets: [
        {
          refId: 'A',
          datasource: { type: 'tempo', uid: 'tempo' },
          query: '{ resource.service.name = "$service" && duration > 0.5s }',
        },
      ],
    }),
  ],
}

const HOME = {
  uid: 'billing-home',
  title: 'Billing: home',
  tags: ['team:billing'],
  templating: { list: [] },
  panels: [
    {
      id: 1,
      type: 'text',
      title: '',
      gridPos: { x: 0, y: 0, w: 24, h: 4 },
      options: { content: '[Objectives](/d/billing-slo/x?viewPanel=panel-3)' },
    },
  ],
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

const runbook = (title: string): string => `# ${title}\n\nUsers see errors.\n`

/** A repository in which nothing is wrong. */
const TREE: Readonly<Record<string, string>> = {
  'ownership.yaml': CATALOG,
  'ownership.unowned.txt': '# Routes without an owner.\nweb GET /beta\n',
  '.github/CODEOWNERS': '* @acme/platform\n/services/api/ @acme/billing\n',
  'alerts/alertmanager.yaml': ALERTMANAGER,
  'alerts/metrics.txt': 'orders_placed_total counter # placed by the shop\n',
  'alerts/billing/alerts.rules.yaml': BILLING_ALERTS,
  'alerts/billing/recording.rules.yaml': RECORDINGS,
  'alerts/billing/alerts.test.yaml': BILLING_TESTS,
  'alerts/platform/own/alerts.rules.yaml': PLATFORM_ALERTS,
  'alerts/platform/own/alerts.test.yaml': PLATFORM_TESTS,
  'dashboards/billing/slo.json': json(DASHBOARD),
  'dashboards/billing/home.json': json(HOME),
  'docs/runbooks/http-error-ratio-high.md': `${runbook('Many requests fail')}
\`\`\`promql
sum by (http_route) (rate(http_server_request_duration_seconds_count{job="web"}[5m]))
\`\`\`

\`\`\`logql
{service_name="web"} | json | level="error"
\`\`\`

\`\`\`traceql
{ status = error }
\`\`\`
`,
  'docs/runbooks/availability-burn-fast.md': runbook('The budget burns'),
  'docs/runbooks/watchdog.md': runbook('Watchdog'),
  'docs/runbooks/service-telemetry-missing.md': runbook('No metrics'),
  'docs/runbooks/orders-stuck.md': runbook('No orders'),
  'services/web/next.config.ts': 'export default {}\n',
  'services/web/lib/limits.ts': 'export const LIMIT = 60\n',
  'services/web/app/page.tsx': 'export default function Page() { return null }\n',
  'services/web/app/beta/page.tsx': 'export default function Page() { return null }\n',
  'services/web/app/legacy/[id]/page.tsx': 'export default function Page() { return null }\n',
  'services/web/app/(shop)/invoices/[id]/page.tsx':
    'export default function Page() { return null }\n',
  'services/web/app/settings/page.tsx':
    "import { save } from './actions'\nexport default function Page() { return <form action={save} /> }\n",
  'services/web/app/settings/actions.ts': "'use server'\nexport async function save() {}\n",
  'services/web/app/api/pay/route.ts': 'export async function POST() {}\n',
  'services/web/app/api/old/route.ts': 'export const GET = () => new Response()\n',
  'services/web/app/api/health/route.ts': 'export async function GET() {}\n',
  'services/api/src/app.ts': `import Fastify from 'fastify'
import { charges } from './charges.ts'
const app = Fastify()
app.register(charges, { prefix: '/v1' })
`,
  'services/api/src/charges.ts': `export async function charges(app) {
  app.get('/charges/:id', () => {})
  app.post('/charges', () => {})
  app.get('/files/*', () => {})
}
`,
}

/** Files of a tree, by path, that a case may change. */
export type Tree = Map<string, string>

/** What is found in the good tree after `edit` has broken it. */
export function lintTree(
  edit: (tree: Tree) => void = () => {},
  options: LintRepositoryOptions = {},
): readonly Finding[] {
  return withTree(edit, root => lintRepository(root, { today: TODAY, ...options }))
}

/** The good tree after an edit. */
export function editedTree(edit: (tree: Tree) => void): Tree {
  const tree: Tree = new Map(Object.entries(TREE))
  edit(tree)
  return tree
}

/** Gives `use` the folder of a tree on disk, which is gone afterwards. */
export function withTree<T>(edit: (tree: Tree) => void, use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'throughline-lint-'))
  try {
    for (const [path, text] of editedTree(edit)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return use(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** An edit that replaces a text of a file, which must be there. */
export function replace(path: string, from: string, to: string): (tree: Tree) => void {
  return tree => {
    const text = tree.get(path)
    if (text === undefined || !text.includes(from)) throw new Error(`${path} does not hold ${from}`)
    tree.set(
      path,
      text.replace(from, () => to),
    )
  }
}

/** An edit that writes a file. */
export const write =
  (path: string, text: string) =>
  (tree: Tree): void =>
    void tree.set(path, text)

/** An edit that removes a file, which must be there. */
export function remove(path: string): (tree: Tree) => void {
  return tree => {
    if (!tree.delete(path)) throw new Error(`there is no ${path}`)
  }
}

/** An edit after which the billing team has reviewed what it owns on a day; never without one. */
export const reviewed = (day?: string): ((tree: Tree) => void) =>
  replace(
    'ownership.yaml',
    'ticket: "#billing-alerts" }\n    reviewedAt: 2026-11-02\n',
    `ticket: "#billing-alerts" }\n${day === undefined ? '' : `    reviewedAt: ${day}\n`}`,
  )
