import { readFile } from 'node:fs/promises'
import { decodeTraces } from '@throughline/otlp'
import { startViewer } from '@throughline/viewer'
import type { Browser, Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { lineOfCatalog } from './viewer-catalog.ts'
import type { Subject } from './viewer-subject.ts'
import { readText, readTexts, SOON } from './viewer-text.ts'
import { createVisits } from './viewer-visits.ts'

const rowsOf = (page: Page): Locator =>
  page.getByRole('treegrid', { name: 'Spans of the trace' }).getByRole('row')
const rowOf = (page: Page, name: RegExp): Locator => rowsOf(page).filter({ hasText: name }).first()
const detailsOf = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Details of the span' })

/** Each row but the head: its depth, and what a person reads there. */
async function readWaterfall(page: Page): Promise<string[]> {
  const rows = await rowsOf(page).all()
  const texts = await Promise.all(
    rows.slice(1).map(async row => [await row.getAttribute('aria-level'), await readText(row)]),
  )
  return texts.map(parts => parts.join(' '))
}

/** The way of the scenario `page`, from the page to what it comes to at last. */
const WAY = [
  /^1 ▾ ?page GET \/invoices\/\[id\] web billing/,
  /^2 ▾ ?page render \/invoices\/\[id\] web/,
  /^3 ▾ ?call GET \S+ web partners/,
  /^4 ▾ ?API GET \/v1\/invoices\/:id partner-api partners/,
  /^5 database SELECT api_keys partner-api data/,
  /^5 database SELECT invoices partner-api data/,
  /^5 external call GET \S+ partner-api billing/,
  /^6 ┄ ?note payments is somebody else's/,
  /^3 database SELECT customers web data/,
]

export function describeTrace(subject: () => Subject, browser: () => Browser): void {
  const open = (scenario: string): Promise<Page> =>
    subject().visits.open(`/traces/${subject().traceOf(scenario)}`)

  describe('a trace', () => {
    test('goes from the page through the API to the database, with the team of each hop', async () => {
      const page = await open('page')
      await expect.poll(async () => (await readWaterfall(page)).length, SOON).toBeGreaterThan(8)
      const rows = await readWaterfall(page)
      const places = WAY.map(words => rows.findIndex(row => words.test(row)))
      expect(places, rows.join('\n')).toEqual(places.toSorted((a, b) => a - b))
      expect(places, rows.join('\n')).not.toContain(-1)
      expect(await readText(page.getByRole('main'))).toMatch(
        /^GET \/invoices\/\[id\] 200 [\d.]+ m?s .+ \d+ spans teams on the path: billing → partners → data/,
      )
    })

    test('that failed says what went wrong, whose it is, where that was decided, and how they are reached', async () => {
      const page = await open('page-error')
      const wrong = page.getByRole('region', { name: 'What went wrong' })
      const [, line] =
        /threw TypeError: the quantity "a dozen" is no whole number; web answered 500\. Owner of this call: partners \(ownership\.yaml:(\d+)\) · page PagerDuty \(PAGERDUTY_PARTNERS\) · people #partners/.exec(
          await readText(wrong),
        ) ?? [await readText(wrong)]
      expect(lineOfCatalog(Number(line))).toContain('GET /v1/invoices/:id')
      await wrong.getByRole('link', { name: 'Show in trace' }).click()
      await expect
        .poll(() => readText(detailsOf(page)), SOON)
        .toMatch(/GET \/v1\/invoices\/:id .*✕ TypeError: the quantity "a dozen" is no whole number/)
      const stack = detailsOf(page).getByRole('group', { name: 'Stack' })
      expect(await readText(stack)).toMatch(/at .+partner-api\/src\/.+\.ts:\d+:\d+/)
    })

    test('has its logs at their places, which can be left out', async () => {
      const page = await open('page-error')
      await expect.poll(async () => (await readWaterfall(page)).length, SOON).toBeGreaterThan(10)
      const rows = await readWaterfall(page)
      const server = rows.findIndex(row => /^4 .*API GET \/v1\/invoices\/:id/.test(row))
      const next = rows.findIndex((row, place) => place > server && Number(row[0]) <= 4)
      const logs = rows.slice(server, next).filter(row => row.startsWith('5 log '))
      expect(logs[0], rows.join('\n')).toMatch(/ ERROR the quantity "a dozen" is no whole number$/)
      await page.getByRole('checkbox', { name: /^logs/ }).uncheck()
      await expect
        .poll(async () => (await readWaterfall(page)).filter(row => / log \d/.test(row)), SOON)
        .toEqual([])
    })

    test('can be closed and opened, by the sign, by keys and as a whole', async () => {
      const page = await open('page')
      await expect.poll(async () => (await readWaterfall(page)).length, SOON).toBeGreaterThan(8)
      const all = await readWaterfall(page)
      const called = rowOf(page, /call GET/)
      await called.getByText('▾').click()
      await expect
        .poll(async () => (await readWaterfall(page)).filter(row => row.includes('api_keys')), SOON)
        .toEqual([])
      await called.getByText('▸').click()
      await expect.poll(() => readWaterfall(page), SOON).toEqual(all)
      await called.focus()
      for (const key of ['Home', 'ArrowLeft']) await page.keyboard.press(key)
      await expect.poll(async () => (await readWaterfall(page)).length, SOON).toBe(1)
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => readWaterfall(page), SOON).toEqual(all)
      await page.getByRole('button', { name: 'Collapse all' }).click()
      await expect
        .poll(async () => (await readWaterfall(page)).filter(row => Number(row[0]) > 2), SOON)
        .toEqual([])
      await page.getByRole('button', { name: 'Expand all' }).click()
      await expect.poll(() => readWaterfall(page), SOON).toEqual(all)
    })

    test('says which spans it waits for', async () => {
      const page = await open('page')
      await expect.poll(async () => (await readWaterfall(page)).length, SOON).toBeGreaterThan(8)
      const all = await readWaterfall(page)
      await page.getByRole('button', { name: 'Critical path' }).click()
      await expect
        .poll(async () => (await readWaterfall(page)).length, SOON)
        .toBeLessThan(all.length)
      const awaited = await readWaterfall(page)
      expect(awaited.filter(row => row.includes('API GET /v1/invoices/:id'))).toHaveLength(1)
      await rowOf(page, /SELECT invoices/).click()
      await expect
        .poll(() => readText(detailsOf(page)), SOON)
        .toMatch(/the trace waited [\d.]+ (ms|s) for it/)
    })

    test('gives the query of a span that is chosen, to be copied, at an address of its own', async () => {
      const page = await open('page')
      await rowOf(page, /SELECT invoices/).click()
      const details = detailsOf(page)
      const query = details.getByRole('group', { name: 'Query' })
      await expect.poll(() => readText(query), SOON).toMatch(/^select .+ from invoices/i)
      expect(await readText(details)).toMatch(/Owner data decided at ownership\.yaml:\d+/)
      const said = await readText(details)
      await details.getByRole('button', { name: 'Copy query' }).click()
      await expect
        .poll(
          async () => toWords(await page.evaluate<string>('navigator.clipboard.readText()')),
          SOON,
        )
        .toBe(toWords(await readText(query)))

      const address = page.url()
      expect(address).toMatch(/\/traces\/[\da-f]{32}\/[\da-f]{16}$/)
      const other = await subject().visits.open(new URL(address).pathname)
      await expect.poll(() => readText(detailsOf(other)), SOON).toBe(said)
      await other.getByRole('button', { name: 'Close' }).click()
      await expect.poll(() => detailsOf(other).count(), SOON).toBe(0)
      expect(other.url()).toBe(address.slice(0, address.lastIndexOf('/')))
    })

    test('links to the same trace in Grafana', async () => {
      const page = await open('page')
      const link = page.getByRole('link', { name: /^Grafana/ })
      const href = (await link.getAttribute('href')) ?? ''
      expect(new URL(href).origin).toBe('http://127.0.0.1:3300')
      expect(decodeURIComponent(href)).toContain(`"query":"${subject().traceOf('page')}"`)
    })

    test('is exported as OTLP, which another viewer takes and shows alike', async () => {
      const page = await open('page-error')
      const downloading = page.waitForEvent('download')
      await page.getByRole('link', { name: 'export' }).click()
      const path = await (await downloading).path()
      const traceId = subject().traceOf('page-error')
      const { records, rejected } = decodeTraces(await readFile(path), 'json')
      expect([rejected, new Set(records.map(record => record.traceId))]).toEqual([
        0,
        new Set([traceId]),
      ])

      await using viewer = await startViewer({ port: 0 })
      const visits = await createVisits(browser(), viewer.url)
      const other = await visits.open('/traces')
      const choosing = other.waitForEvent('filechooser')
      await other.getByRole('button', { name: 'Import…' }).click()
      await (await choosing).setFiles(path)
      await other.waitForURL(`**/traces/${traceId}`)
      const queries = rowsOf(other).filter({ hasText: 'SELECT' })
      await expect.poll(async () => (await readTexts(queries)).length, SOON).toBe(4)
      expect(await readText(other.getByRole('main'))).toContain('the quantity "a dozen"')
      expect(await visits.leave()).toEqual([])
    })
  })
}

/** A query is laid out where it is shown. */
const toWords = (query: string): string => query.replaceAll(/\s+/g, '').toLowerCase()
