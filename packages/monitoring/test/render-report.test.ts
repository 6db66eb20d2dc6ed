import { expect, test } from 'vitest'
import { compileRules } from '../src/alerts/compile-rules.ts'
import { createReport } from '../src/review/create-report.ts'
import { renderReportHtml } from '../src/review/render-report-html.ts'
import { renderReportMarkdown } from '../src/review/render-report-markdown.ts'
import { exampleOwnership, ownershipOf } from './read-ownership.ts'

const example = exampleOwnership()
const report = createReport(example, compileRules(example), { today: '2026-11-24' })
const page = renderReportHtml(report)

test('the page begins with the sentence, then what is to decide, then the rest', () => {
  const order = [
    report.sentence,
    'id="decide"',
    'id="roles"',
    'id="teams"',
    'id="alerts"',
    'id="routes"',
    'id="reviews"',
  ]
  const places = order.map(text => page.indexOf(text))
  expect(places.every(place => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('the page needs nothing else: no script, no style sheet, no image', () => {
  expect(page).not.toMatch(/<(script|link|img|iframe)\b|url\(|@import/i)
})

test('every tag that is opened is closed', () => {
  const open: string[] = []
  for (const [, closing, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (name === 'meta') continue
    if (closing === '') open.push(name)
    else expect(open.pop()).toBe(name)
  }
  expect(open).toEqual([])
})

test('every team, service, route and alert is on the page and in the Markdown', () => {
  const markdown = renderReportMarkdown(report)
  for (const text of [
    ...report.teams.map(({ id }) => id),
    ...report.services.map(({ name }) => name),
    ...report.routes.map(({ match }) => match),
    ...report.alerts.map(({ receiver }) => receiver),
    ...report.alerts.map(({ alert }) => alert),
  ]) {
    expect(page).toContain(text)
    expect(markdown).toContain(text)
  }
})

test('what somebody wrote into the catalog is text, never markup', () => {
  const evil = ownershipOf(`version: 1
org: { defaultTeam: a }
teams: { a: { name: "<script>alert(1)</script>", reviewedAt: 2026-11-01, channels: { ticket: "#a'\\"><b>" } } }
services:
  web:
    kind: node
    routes: [{ match: "/<img/onerror=x>", team: a }]
exceptions:
  - { rule: review-overdue, target: a, until: 2027-01-01, reason: "<i>|\`</td>", by: a }
`)
  const evilReport = createReport(evil, compileRules(evil), { today: '2026-11-24' })
  const html = renderReportHtml(evilReport)
  expect(html).not.toMatch(/<script|<img|<b>|<i>/)
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).toContain('&lt;i&gt;|`&lt;/td&gt;')
  const markdown = renderReportMarkdown(evilReport)
  expect(markdown).toContain('\\<i\\>\\|\\`\\</td\\>')
  // What stands in backticks is shown as it is.
  expect(markdown.replaceAll(/`[^`]*`/g, '')).not.toMatch(/[^\\]<(i|b|img|script)\b/)
})

test('nothing to decide is said', () => {
  const calm = createReport(example, [], { today: '2026-11-03' })
  expect(renderReportHtml(calm)).toContain('Nothing needs a decision')
  expect(renderReportMarkdown(calm)).toContain('Nothing needs a decision')
})
