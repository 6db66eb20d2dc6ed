import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { lineOfCatalog } from './viewer-catalog.ts'
import type { Subject } from './viewer-subject.ts'
import { readText, readTexts, SOON } from './viewer-text.ts'

const tableOf = (page: Page, name: string): Locator =>
  page.getByRole('table', { name, exact: true })
const rowOf = (page: Page, table: string, name: RegExp): Locator =>
  tableOf(page, table).getByRole('row', { name }).first()
/** Heads of the rows of a table. */
const readHeads = async (page: Page, table: string): Promise<string[]> =>
  (await readTexts(tableOf(page, table).getByRole('rowheader'))).map(head =>
    // A gap that is drawn between a method and a path is no space of the text.
    head.replace(/^([A-Z]+) ?\//, '$1 /'),
  )

/** Opens what stands for a line of the catalog, and gives that line. */
async function readDecision(place: Locator, word: RegExp): Promise<string> {
  await place.getByText(word).click()
  const [, line] = /ownership\.yaml:(\d+)/.exec(await readText(place)) ?? []
  return lineOfCatalog(Number(line))
}

export function describeRoutes(subject: () => Subject): void {
  const open = (): Promise<Page> => subject().visits.open('/routes')

  describe('the routes', () => {
    test('have first those that fail, and are sorted by what is pressed', async () => {
      const page = await open()
      const heads = (): Promise<string[]> => readHeads(page, 'Routes')
      await expect.poll(heads, SOON).toContain('job reports')
      const routes = await heads()
      expect(routes.slice(0, 3).toSorted()).toEqual([
        'GET /api/billing/preview',
        'GET /invoices/[id]',
        'GET /v1/invoices/:id',
      ])
      await page.getByRole('button', { name: 'p95' }).click()
      await expect.poll(async () => (await heads())[0], SOON).toBe('job reports')
      await page.getByRole('button', { name: 'p95' }).click()
      await expect.poll(async () => (await heads()).at(-1), SOON).toBe('job reports')
      expect(new URL(page.url()).search).toContain('sort=')
      expect((await heads()).toSorted()).toEqual(routes.toSorted())
    })

    test('have their team, their audience, and what is promised of them', async () => {
      const page = await open()
      const row = rowOf(page, 'Routes', /^GET \/invoices\/\[id\] web billing browser .+ 1 \(50 %\)/)
      await row
        .getByText(/not enough data|missed/)
        .first()
        .click()
      expect(await readText(row)).toMatch(
        /99\.9 % succeed measured 50 %, .+ p95 below 500 ms measured [\d.]+ m?s, /,
      )
      const sentence =
        /^\d+ routes in 3 services: .+ of \d+ requests failed; the slowest p95 is job reports at [\d.]+ s\.$/
      expect(await readTexts(page.getByText(sentence))).toHaveLength(1)
    })

    test.for([
      ['failing trace of GET /invoices/[id]', 'page-error', 'GET /invoices/[id] ✕ 500'],
      ['slowest trace of job reports', 'report-job', 'POST /v1/reports 202'],
    ] as const)('lead to the %s', async ([link, scenario, head]) => {
      const page = await open()
      await page.getByRole('link', { name: link, exact: true }).click()
      await expect.poll(() => readText(page.getByRole('main')), SOON).toContain(head)
      expect(page.url()).toContain(`/traces/${subject().traceOf(scenario)}/`)
    })
  })
}

export function describeOwnership(subject: () => Subject): void {
  const open = (path: string): Promise<Page> => subject().visits.open(path)

  describe('the ownership', () => {
    test('is a sentence first, and each role of a service with the line that decided it', async () => {
      const page = await open('/ownership')
      const sentence = /^\d+ of \d+ routes have a team; 3 are unowned by design; .+\.$/
      await expect.poll(() => readTexts(page.getByText(sentence)), SOON).toHaveLength(1)
      await page.getByRole('link', { name: 'Services', exact: true }).click()
      const web = rowOf(page, 'Roles of services', /^web next, critical growth .*data .*security /)
      const role = web.getByRole('cell').first()
      expect(await readText(role)).toMatch(/^growth /)
      expect(await readDecision(role, /line \d+/)).toContain('productionFix: growth')
      const payments = rowOf(page, 'Roles of services', /^payments/)
      expect(await readText(payments)).toMatch(/external billing .*platform .*by default/)
    })

    test('has each alert with its team, severity, role, receiver, runbook, and the line that decided it', async () => {
      const page = await open('/ownership')
      await page.getByRole('link', { name: 'Alerts', exact: true }).click()
      await page
        .getByRole('searchbox', { name: 'Filter alerts by text' })
        .fill('AvailabilityBurnFast')
      await page.getByRole('combobox', { name: 'team' }).selectOption('billing')
      await expect
        .poll(async () => readTexts(page.getByText(/^\d+ alerts?: \d+ page$/)), SOON)
        .toEqual(['1 alert: 1 page'])
      const row = tableOf(page, 'Alerts').getByRole('row').nth(1)
      expect(await readText(row)).toMatch(
        /AvailabilityBurnFast, .+ billing page web productionFix billing-page pagerduty:env:PAGERDUTY_BILLING .*web POST \/api\/billing\/plan/,
      )
      const runbook = row.getByRole('link', { name: /^runbook of/ })
      expect(await runbook.getAttribute('href')).toMatch(
        /^https:.+\/docs\/runbooks\/availability-burn-fast\.md$/,
      )
      const decided = row.getByRole('listitem').filter({ hasText: 'web POST /api/billing/plan' })
      expect(await readDecision(decided, /web POST/)).toContain('POST /api/billing/plan')
    })
  })
}

export function describeMap(subject: () => Subject): void {
  const open = (): Promise<Page> => subject().visits.open('/map')
  const shown = (page: Page): Promise<string[]> =>
    readTexts(page.getByRole('table', { name: 'Traces' }).getByRole('link'))

  describe('the map', () => {
    test('has who calls whom, how often, how long, what failed, and who answers for it', async () => {
      const page = await open()
      const drawing = page.getByRole('region', { name: 'Map of services' })
      for (const words of [
        /^web calls partner-api \d+ .+ 1 of 3 \(33 %\) failed; p95 \d.+; partners answers for it/,
        /^partner-api calls postgresql app \d.+ none of \d+ calls failed; .+; data answers for it/,
        /^payments: service, seen only from outside, team billing/,
      ]) {
        await expect.poll(() => drawing.getByRole('link', { name: words }).count(), SOON).toBe(1)
      }
      expect(
        await readText(rowOf(page, 'Who calls whom', /^web calls? ?partner-api|^web partner-api/)),
      ).toMatch(/web .*partner-api 3 .+ 1 \(33 %\) .+ partners traces/)
    })

    test.for(['an edge', 'a row'])('leads from %s to its traces', async from => {
      const page = await open()
      const edge = page.getByRole('link', { name: /^web calls partner-api/ })
      const link = page.getByRole('link', { name: 'traces from web to partner-api' })
      await (from === 'an edge' ? clickCurve(page, edge) : link.click())
      await expect
        .poll(() => shown(page), SOON)
        .toEqual(['page GET /invoices/[id]', 'page GET /invoices', 'page GET /invoices/[id]'])
    })
  })
}

/** Clicks on the curve, as a person does: what is around it is not part of it. */
async function clickCurve(page: Page, edge: Locator): Promise<void> {
  const curve = edge.locator('path').last()
  const { x, y } = await curve.evaluate(readPlace)
  await page.mouse.click(x, y)
}

/** What is asked of a curve of SVG. */
interface Curve {
  getTotalLength(): number
  getPointAtLength(length: number): { readonly x: number; readonly y: number }
  getScreenCTM(): { readonly a: number; readonly d: number; readonly e: number; readonly f: number }
}

/** Where a curve is on the screen, near its end. It runs in the page. */
function readPlace(element: unknown): { readonly x: number; readonly y: number } {
  const curve = element as Curve
  const { x, y } = curve.getPointAtLength(curve.getTotalLength() * 0.9)
  const { a, d, e, f } = curve.getScreenCTM()
  return { x: a * x + e, y: d * y + f }
}
