import { readFileSync } from 'node:fs'
import { createReport, compileOwnership, compileRules } from '@throughline/monitoring'
import { parseCatalog } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { filterAlerts, sayAlerts } from '../../page/ownership/alert-filter.ts'
import { createPartFinder } from '../../page/ownership/alert-lines.ts'
import { CATALOG_EXAMPLE } from '../../page/ownership/catalog-example.ts'
import { listAllDecisions } from '../../page/ownership/decision-list.ts'
import { groupRoutes } from '../../page/ownership/route-groups.ts'
import { webAddress } from '../../page/ownership/web-address.ts'

const source = readFileSync(new URL('../../../../examples/ownership.yaml', import.meta.url), 'utf8')
const parsed = parseCatalog(source, { file: 'ownership.yaml', today: new Date('2026-11-24') })
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
const ownership = compileOwnership(parsed.value)
const report = createReport(ownership, compileRules(ownership), { today: '2026-11-24' })
const lineOf = (text: string): string =>
  `ownership.yaml:${source.split('\n').findIndex(line => line.includes(text)) + 1}`

test('what decided an alert is found with its lines', () => {
  const partsOf = createPartFinder(report)
  expect(partsOf('ownership.yaml: web GET /invoices, web productionFix, org.defaultTeam')).toEqual([
    { name: 'web GET /invoices', at: lineOf('match: "GET /invoices",') },
    { name: 'web productionFix', at: lineOf('productionFix: growth') },
    { name: 'org.defaultTeam', at: lineOf('defaultTeam:') },
  ])
  expect(partsOf('ownership.yaml: web db app')).toEqual([{ name: 'web db app', at: undefined }])
})

test('every alert of the examples says what decided it, and most with a line', () => {
  const parts = report.alerts.map(({ decidedBy }) => createPartFinder(report)(decidedBy))
  expect(parts.filter(some => some.length === 0)).toEqual([])
  const lined = parts.filter(some => some.every(({ at }) => at !== undefined)).length
  expect(lined / parts.length).toBeGreaterThan(0.6)
})

test.for([
  [{ team: 'billing' }, 'team', 'billing'],
  [{ severity: 'page' }, 'severity', 'page'],
  [{ text: 'PAGERDUTY_data' }, 'channel', 'pagerduty:env:PAGERDUTY_DATA'],
  [{ text: 'watchdog' }, 'alert', 'Watchdog'],
] as const)('alerts filtered by %j are only those', ([given, column, value]) => {
  const found = filterAlerts(report.alerts, { text: '', team: '', severity: '', ...given })
  expect(found.length).toBe(report.alerts.filter(alert => alert[column] === value).length)
  expect(new Set(found.map(alert => alert[column]))).toEqual(new Set([value]))
})

test('alerts are counted by severity, the most urgent first', () => {
  const some = report.alerts.filter(({ team }) => team === 'billing')
  expect(sayAlerts(some)).toMatch(/^\d+ page, \d+ ticket/)
})

test('routes stand by team, and what is unowned by design comes last', () => {
  const groups = groupRoutes(report.routes, { text: '', team: '' })
  expect(groups.map(({ team }) => team)).toEqual([
    'billing',
    'data',
    'growth',
    'partners',
    'platform',
    'security',
    undefined,
  ])
  expect(groups.flatMap(({ routes }) => routes)).toHaveLength(report.routes.length)
})

test.for([
  [{ text: '', team: 'billing' }, ['billing']],
  [{ text: '/health', team: '' }, [undefined]],
  [{ text: 'partner-api invoices', team: '' }, ['partners']],
  [{ text: 'no such route', team: '' }, []],
] as const)('routes filtered by %j are of %j', ([filter, expected]) => {
  expect(groupRoutes(report.routes, filter).map(({ team }) => team)).toEqual(expected)
})

test('a route that was only seen waits for a decision, and one that the code has, too, does so once', () => {
  const seen = { service: 'web', method: 'GET', requests: 31, team: 'growth' }
  const decisions = listAllDecisions(
    {
      ...report,
      unlisted: [{ service: 'web', method: 'GET', path: '/old', at: 'page.tsx:1', team: 'growth' }],
    },
    [
      { ...seen, route: '/api/debug' },
      { ...seen, route: '/old' },
    ],
  )
  expect(decisions.filter(({ state }) => state === 'not in the catalog')).toMatchObject([
    { what: 'web GET /old' },
    {
      what: 'web GET /api/debug, seen in 31 requests',
      team: 'growth',
      mend: '{ match: "GET /api/debug", team: … } under web.routes',
    },
  ])
})

test.for([
  ['https://example.com/runbooks/a.md', 'https://example.com/runbooks/a.md'],
  [
    'http://127.0.0.1:3300/d/slo?var-service=web&var-route={{ $labels.http_route | urlquery }}',
    'http://127.0.0.1:3300/d/slo?var-service=web',
  ],
  ['docs/runbooks/a.md', undefined],
  ['javascript:alert(1)', undefined],
] as const)('%s leads to %s', ([text, expected]) => {
  expect(webAddress(text)).toBe(expected)
})

test('the example of a catalog is one', () => {
  const example = parseCatalog(CATALOG_EXAMPLE, {
    file: 'ownership.yaml',
    today: new Date('2026-11-24'),
  })
  expect(example).toMatchObject({ ok: true })
})
