import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Subject } from './viewer-subject.ts'
import { readText, readTexts, SOON } from './viewer-text.ts'

interface Filter {
  readonly by: string
  readonly apply: (page: Page) => Promise<unknown>
  /** Requests that are left. */
  readonly left: readonly string[]
}

const choose =
  (name: string, label: string) =>
  (page: Page): Promise<unknown> =>
    page.getByRole('combobox', { name, exact: true }).selectOption({ label })

const search =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('searchbox', { name: 'Search traces' }).fill(text)
    await page.keyboard.press('Enter')
  }

const FILTERS: readonly Filter[] = [
  {
    by: 'service',
    apply: choose('service', 'report-worker'),
    left: ['API POST /v1/reports', 'API GET /health'],
  },
  {
    by: 'route',
    async apply(page) {
      await page.getByRole('combobox', { name: 'route' }).fill('/api/billing/plan')
      await page.keyboard.press('Enter')
    },
    left: ['route handler POST /api/billing/plan'],
  },
  {
    by: 'team',
    apply: choose('team', 'security'),
    left: ['route handler POST /api/session'],
  },
  {
    by: 'status',
    apply: choose('status', 'failed'),
    left: [
      'API GET /v1/invoices/:id',
      'route handler GET /api/billing/preview',
      'page GET /invoices/[id]',
    ],
  },
  {
    by: 'duration',
    apply: choose('took', 'over 1 s'),
    left: ['API POST /v1/reports'],
  },
  {
    by: 'the text of an error',
    apply: search('"Cannot convert a dozen"'),
    left: ['route handler GET /api/billing/preview'],
  },
  {
    by: 'what is not, and several terms at once',
    apply: search('status:error service:web -team:billing'),
    left: [],
  },
]

/** Columns of a row, as a person reads them. */
const ROWS: readonly (readonly [scenario: string, row: RegExp])[] = [
  [
    'page-error',
    /^\d.+ page GET \/invoices\/\[id\] 500 \(failed\) [\d.]+ m?s web partner-api payments \(only called\) billing ← (first error: )?partner-api TypeError: the quantity "a dozen" is no whole number \d+$/,
  ],
  [
    'route-handler',
    / route handler POST \/api\/billing\/plan 200 [\d.]+ m?s web payments \(only called\) billing \d+$/,
  ],
  ['report-job', / API POST \/v1\/reports 202 [\d.]+ s partner-api report-worker .+ data \d+$/],
  ['api-call', / API GET \/v1\/invoices\/:id 200 [\d.]+ m?s partner-api .+ partners \d+$/],
]

export function describeList(subject: () => Subject): void {
  const open = (path = '/traces', widthPx = 1280): Promise<Page> =>
    subject().visits.open(path, { colorScheme: 'light', widthPx })
  const table = (page: Page): ReturnType<Page['getByRole']> =>
    page.getByRole('table', { name: 'Traces' })
  const requests = (page: Page): Promise<string[]> => readTexts(table(page).getByRole('link'))

  describe('the list of traces', () => {
    test.for(ROWS)(
      'has %s with its route, status, duration, services, team and first error',
      async ([scenario, row]) => {
        const page = await open()
        const link = page.locator(`a[href="/traces/${subject().traceOf(scenario)}"]`)
        await expect
          .poll(() => readText(table(page).getByRole('row').filter({ has: link })), SOON)
          .toMatch(row)
      },
    )

    test.for(FILTERS)('can be narrowed by $by, and widened again', async ({ apply, left }) => {
      const page = await open()
      await expect.poll(async () => (await requests(page)).length, SOON).toBeGreaterThan(10)
      const all = await requests(page)
      await apply(page)
      await expect.poll(() => requests(page), SOON).toEqual(left)
      const says = left.length === 0 ? /^No trace matches among \d+/ : /^\d+ of \d+ traces match/
      expect(await readTexts(page.getByText(says))).toHaveLength(1)
      await page
        .getByRole('button', { name: /^clear/i })
        .first()
        .click()
      await expect.poll(() => requests(page), SOON).toEqual(all)
    })

    test('a trace id in the search opens its trace', async () => {
      const page = await open()
      await search(subject().traceOf('export').toUpperCase())(page)
      await expect
        .poll(() => readText(page.getByRole('heading', { level: 1 })), SOON)
        .toBe('GET /api/invoices/export')
    })

    test('new traces wait behind a button, and the list does not move until it is pressed', async () => {
      const page = await open()
      await expect.poll(async () => (await requests(page)).length, SOON).toBeGreaterThan(10)
      const before = await requests(page)
      const answer = await fetch(`${subject().web}/sign-up`)
      expect(answer.status).toBe(200)
      const button = page.getByRole('button', { name: /^1 new/ })
      await expect.poll(() => readTexts(button), SOON).toEqual(['1 new'])
      expect(await requests(page)).toEqual(before)
      await button.click()
      await expect.poll(() => requests(page), SOON).toEqual(['page GET /sign-up', ...before])
      expect(await button.count()).toBe(0)
    })

    test('keys go through it, open a trace, and tell what they do', async () => {
      const page = await open()
      await expect.poll(async () => (await requests(page)).length, SOON).toBeGreaterThan(10)
      const [, second = ''] = await requests(page)
      for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
      await page.keyboard.press('Enter')
      const heading = page.getByRole('heading', { level: 1 })
      await expect.poll(async () => second.endsWith(` ${await readText(heading)}`), SOON).toBe(true)
      await page.keyboard.press('?')
      const dialog = page.getByRole('dialog', { name: 'Keys' })
      expect(await readText(dialog)).toMatch(/\/ search .* Enter open .* \? this list/)
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog.count(), SOON).toBe(0)
      await page.keyboard.press('/')
      await page.keyboard.type('team:security')
      await page.keyboard.press('Enter')
      await expect.poll(() => requests(page), SOON).toEqual(['route handler POST /api/session'])
    })

    test('Back restores the filter and the place', async () => {
      // Narrow rows are high: the last of these is out of sight at first.
      const page = await open('/traces?q=-service%3Apartner-crm', 375)
      const last = table(page).getByRole('link', { name: 'API GET /health' }).last()
      await expect.poll(async () => (await requests(page)).length, SOON).toBeGreaterThan(5)
      for (const key of ['j', 'End', 'Enter']) await page.keyboard.press(key)
      await expect
        .poll(() => readText(page.getByRole('heading', { level: 1 })), SOON)
        .toBe('GET /health')
      await page.goBack()
      await expect
        .poll(() => readTexts(page.getByText(/of \d+ traces match/)), SOON)
        .toHaveLength(1)
      const height = page.viewportSize()?.height
      await expect
        .poll(async () => (await last.boundingBox())?.y ?? Infinity, SOON)
        .toBeLessThan(height ?? 0)
    })
  })
}
