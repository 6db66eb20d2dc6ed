import {
  panel,
  alert,
  CATALOG,
  ALERTS,
  ROUTING,
  EXTRA,
  EXTRA_TESTS,
  type LintCase,
} from './lint-case.ts'
import { remove, replace, reviewed, write } from './lint-tree.ts'

/** Edits after which all is still well: the other side of a limit, or of a rule. */
export const QUIET_CASES: readonly Pick<LintCase, 'name' | 'edit' | 'today'>[] = [
  { name: 'a review of 67 of 90 days', edit: reviewed('2026-09-18') },
  {
    name: 'a review that is overdue and excepted',
    edit: tree => {
      reviewed('2026-08-01')(tree)
      replace(
        CATALOG,
        'exceptions:\n',
        'exceptions:\n  - { rule: review-overdue, target: billing, until: 2027-01-31, reason: re-organised in January, by: platform }\n',
      )(tree)
    },
  },
  {
    name: 'an exception that ends in 15 days',
    edit: replace(CATALOG, 'until: 2026-12-31', 'until: 2026-12-09'),
  },
  { name: 'a sunset of today', edit: replace(CATALOG, 'sunset: 2027-03-01', 'sunset: 2026-11-24') },
  {
    name: 'a role besides the five that falls to the default team',
    edit: replace(
      CATALOG,
      'productNotice: billing }',
      'productNotice: billing, incidentComms: billing }',
    ),
  },
  { name: 'a wait of two evaluations', edit: replace(ALERTS, 'for: 5m', 'for: 60s') },
  { name: 'no wait at all', edit: replace(ALERTS, '        for: 5m\n', '') },
  { name: 'a rate over four scrapes', edit: alert('Extra', 'rate(orders_placed_total[1m]) > 1') },
  {
    name: 'a counter that is only counted',
    edit: alert('Extra', 'count(orders_placed_total) > 9'),
  },
  { name: 'absence over a range', edit: alert('Extra', 'absent_over_time(up[10m])') },
  {
    name: 'what is there unless something else is',
    edit: alert('Extra', 'up unless on (job) target_info'),
  },
  {
    name: 'alerts as a series',
    edit: alert('Extra', 'count by (team) (ALERTS{alertstate="firing"})'),
  },
  { name: 'a regular expression with a choice', edit: alert('Extra', 'up{job=~"web|api"} == 0') },
  {
    name: 'a page for a cause, with its reason',
    edit: tree => {
      alert('Extra', 'up == 0', '          page_reason: nothing works without it\n')(tree)
      for (const path of [EXTRA, EXTRA_TESTS]) {
        replace(path, 'severity: ticket, kind: symptom', 'severity: page, kind: cause')(tree)
      }
    },
  },
  {
    name: 'a label that comes from a template',
    edit: replace(
      ALERTS,
      'kind: symptom\n',
      'kind: symptom\n          route: "{{ $labels.http_route }}"\n',
    ),
  },
  {
    name: 'a label that label_replace makes',
    edit: alert(
      'Extra',
      'label_replace(sum(up), "zone", "eu", "", "") > 1',
      '          extra: "{{ $labels.zone }}"\n',
    ),
  },
  {
    name: 'a label that group_left brings',
    edit: alert(
      'Extra',
      'sum by (job) (up) * on (job) group_left (service_version) target_info > 1',
      '          extra: "{{ $labels.service_version }}"\n',
    ),
  },
  {
    name: 'a dashboard of another Grafana',
    edit: replace(
      ALERTS,
      'http://grafana.test/d/billing-slo?viewPanel=2',
      'http://other.test/d/whatever',
    ),
  },
  {
    name: 'a decision of a team on the route of another',
    edit: tree => {
      const labels =
        'team: platform, role: performance, service: api, severity: notice, kind: change, decision: charges-apart'
      alert(
        'Extra',
        '\'route:http_server_requests:rate5m{job="api",http_route="/v1/charges/:id"} > 1\'',
      )(tree)
      for (const path of [EXTRA, EXTRA_TESTS]) {
        replace(
          path,
          'team: platform, role: productionFix, service: web, severity: ticket, kind: symptom',
          labels,
        )(tree)
      }
      replace(
        CATALOG,
        'ticket: "#platform-alerts"',
        'ticket: "#platform-alerts", notice: "#platform-feed"',
      )(tree)
      remove(ROUTING)(tree)
    },
  },
  { name: 'a repository without Alertmanager', edit: remove(ROUTING) },
  { name: 'a repository without CODEOWNERS', edit: remove('.github/CODEOWNERS') },
  {
    name: 'a panel beside another',
    edit: panel('Slow traces', found => (found['gridPos'] = { x: 12, y: 9, w: 12, h: 8 })),
  },
  {
    name: 'a runbook of an alert that this catalog does not need',
    edit: write('docs/runbooks/queue-stalled.md', '# Jobs wait\n\nNobody gets a report.\n'),
  },
  {
    name: 'a test, a type and a build that look like routes',
    edit: tree => {
      write(
        'services/api/src/app.test.ts',
        "import Fastify from 'fastify'\nFastify().get('/nowhere', () => {})\n",
      )(tree)
      write(
        'services/api/dist/app.js',
        "import Fastify from 'fastify'\nconst a = Fastify()\na.get('/nowhere')\n",
      )(tree)
      write('services/web/.next/server/app/x/page.js', 'export default 1\n')(tree)
    },
  },
]
