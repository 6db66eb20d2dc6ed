import { describe, expect, test } from 'vitest'
import { LINT_RULES } from '../src/lint/lint-rules.ts'
import { renderFindings } from '../src/lint/render-findings.ts'
import type { LintCase } from './lint-case.ts'
import { ALERT_CASES } from './lint-cases-alerts.ts'
import { CATALOG_CASES } from './lint-cases-catalog.ts'
import { DASHBOARD_CASES } from './lint-cases-dashboards.ts'
import { QUIET_CASES } from './lint-cases-quiet.ts'
import { ROUTE_CASES } from './lint-cases-routes.ts'
import { RUNBOOK_CASES } from './lint-cases-runbooks.ts'
import { editedTree, lintTree, replace, reviewed, TODAY } from './lint-tree.ts'

const CASES: Readonly<Record<string, readonly LintCase[]>> = {
  catalog: CATALOG_CASES,
  routes: ROUTE_CASES,
  alerts: ALERT_CASES,
  dashboards: DASHBOARD_CASES,
  runbooks: RUNBOOK_CASES,
}

test('a repository in which all fits together has no finding', () => {
  expect(lintTree()).toEqual([])
})

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('$name is the only finding', ({ edit, rule, at, says, fix, today = TODAY }) => {
    expect(lintTree(edit, { today })).toEqual([
      {
        rule,
        level: expect.stringMatching(/^(error|warning)$/),
        at: expect.stringMatching(placeIn(edit, at)),
        message: expect.stringContaining(says),
        fix: expect.stringContaining(fix),
      },
    ])
  })
})

/** A place as findings give it: the file, and the line of the edited file that says this. */
function placeIn(edit: LintCase['edit'], [file, line]: LintCase['at']): RegExp {
  const path = file.replaceAll(/[.()[\]*]/g, '\\$&')
  if (line === undefined) return new RegExp(`^${path}$`)
  const lines = editedTree(edit).get(file)?.split('\n') ?? []
  const index = lines.findIndex(text => (line === '' ? text === '' : text.includes(line)))
  if (index === -1) throw new Error(`${file} has no line ${line}`)
  return new RegExp(`^${path}:${index + 1}(:\\d+)?$`)
}

test.each(QUIET_CASES)('$name is no finding', ({ edit, today = TODAY }) => {
  expect(lintTree(edit, { today })).toEqual([])
})

test('every rule has a case that breaks it', () => {
  const tried = new Set(Object.values(CASES).flatMap(cases => cases.map(({ rule }) => rule)))
  expect(LINT_RULES.map(({ id }) => id).filter(id => !tried.has(id))).toEqual([])
})

test('no two rules have one name', () => {
  const ids = LINT_RULES.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a team that is deleted while it still owns something is named at each place that names it', () => {
  const findings = lintTree(
    replace(
      'ownership.yaml',
      '  billing:\n    name: Billing\n    github: "@acme/billing"\n    channels: { people: "#billing", page: pagerduty:env:PAGERDUTY_BILLING, ticket: "#billing-alerts" }\n    reviewedAt: 2026-11-02\n',
      '',
    ),
  )
  expect(findings).toHaveLength(10)
  for (const { rule, message, fix } of findings) {
    expect(rule).toBe('catalog-invalid')
    expect(message).toBe('team "billing" is not defined')
    expect(fix).toContain('write one of: platform; or define it under teams')
  }
})

test('a review on the last day of its period is announced, and not overdue', () => {
  const findings = lintTree(reviewed('2026-08-26'))
  expect(findings.map(({ rule, level }) => `${level} ${rule}`)).toEqual(['warning review-due-soon'])
})

test('one runbook that many alerts link to is told once, with their number', () => {
  const findings = lintTree(tree => {
    replace('alerts/billing/alerts.rules.yaml', 'availability-burn-fast.md', 'gone.md')(tree)
    replace('alerts/platform/own/alerts.rules.yaml', '/watchdog.md', '/gone.md')(tree)
  })
  expect(findings.map(({ rule }) => rule)).toEqual(['runbook-missing'])
  expect(findings[0]?.message).toContain('(1 more link to it)')
})

test('findings come in the order of files and lines', () => {
  const findings = lintTree(tree => {
    replace('ownership.yaml', 'p95: 500ms', 'p95: 600ms')(tree)
    replace('ownership.yaml', 'p95: "<50ms"', 'concurrency: ">9"')(tree)
    replace('alerts/billing/alerts.rules.yaml', 'for: 5m', 'for: 5s')(tree)
    replace('alerts/billing/alerts.rules.yaml', 'severity: ticket', 'severity: soon')(tree)
  })
  expect(findings.map(({ at }) => at)).toEqual([
    'alerts/billing/alerts.rules.yaml:5:9',
    'alerts/billing/alerts.rules.yaml:5:9',
    'alerts/billing/alerts.rules.yaml:12:21',
    'ownership.yaml:26',
    'ownership.yaml:50',
  ])
})

test('findings are told in two lines each, with their numbers at the end', () => {
  const findings = lintTree(replace('ownership.yaml', 'p95: 500ms', 'p95: 600ms'))
  expect(renderFindings(findings).split('\n')).toEqual([
    expect.stringMatching(/^ownership\.yaml:26: warning: p95 of .* \[latency-between-buckets\]$/),
    '  fix: write 500ms or 750ms',
    '0 errors, 1 warning',
    '',
  ])
})
