import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Subject } from './viewer-subject.ts'
import { readText, SOON } from './viewer-text.ts'
import { putOn, type Look } from './viewer-visits.ts'

interface Shown {
  readonly name: string
  readonly path: (subject: Subject) => string
  /** What must be readable there, however wide the window is. */
  readonly says: RegExp
}

const PAGES: readonly Shown[] = [
  { name: 'the traces', path: () => '/traces', says: /GET \/invoices\/\[id\] .*500/ },
  {
    name: 'traces that are searched for',
    path: () => '/traces?q=status%3Aerror',
    says: /\d of \d+ traces match/,
  },
  {
    name: 'a trace',
    path: ({ traceOf }) => `/traces/${traceOf('page-error')}`,
    says: /What went wrong .*SELECT invoices/,
  },
  {
    name: 'a span',
    path: ({ traceOf, spanOf }) => `/traces/${traceOf('page-error')}/${spanOf('page-error')}`,
    says: /Owner .+ decided at ownership\.yaml:\d+ Status ✕ failed/,
  },
  { name: 'the routes', path: () => '/routes', says: /\/invoices\/\[id\] .*billing/ },
  { name: 'the map', path: () => '/map', says: /web .*calls .*partner-api|Who calls whom/ },
  { name: 'the ownership', path: () => '/ownership', says: /\d+ of \d+ routes have a team/ },
  {
    name: 'the services',
    path: () => '/ownership/services',
    says: /partner-api ?node, high partners /,
  },
  { name: 'the routes of teams', path: () => '/ownership/routes', says: /POST \/api\/signup/ },
  {
    name: 'the alerts',
    path: () => '/ownership/alerts?team=growth&severity=page',
    says: /growth-page/,
  },
  { name: 'the teams', path: () => '/ownership/teams', says: /#billing/ },
  { name: 'the reviews', path: () => '/ownership/reviews', says: /every 90 days/ },
]

const LOOKS: readonly Look[] = [
  { colorScheme: 'light', widthPx: 1280 },
  { colorScheme: 'dark', widthPx: 1280 },
  { colorScheme: 'dark', widthPx: 375 },
  { colorScheme: 'light', widthPx: 375 },
]

export function describePages(subject: () => Subject): void {
  describe('in light and dark, wide and narrow', () => {
    test.for(PAGES)(
      '$name can be read, without scrolling sideways and by everybody',
      async ({ path, says }) => {
        const page = await subject().visits.open(path(subject()))
        // Evaluated by the debugger, it is no script of the page, which the page's policy would not let in.
        await page.evaluate(axe.source)
        for (const look of LOOKS) {
          const where = JSON.stringify(look)
          await putOn(page, look)
          await expect.poll(() => readText(page.locator('body')), SOON).toMatch(says)
          expect(
            await page.evaluate('document.scrollingElement.scrollWidth'),
            where,
          ).toBeLessThanOrEqual(look.widthPx)
          expect(await readLightness(page), where).toBe(look.colorScheme)
          expect(await findFaults(page), where).toEqual([])
        }
      },
    )
  })

  test('the theme that is chosen is another one, and is remembered', async () => {
    const page = await subject().visits.open('/traces')
    const theme = page.getByRole('button', { name: /^Theme:/ })
    const press = async (): Promise<string> => {
      await theme.click()
      return `${await theme.getAttribute('aria-label')}, ${await readLightness(page)}`
    }
    expect([await press(), await press(), await press()]).toEqual([
      'Theme: light, light',
      'Theme: dark, dark',
      'Theme: system, light',
    ])
    await press()
    await press()
    await page.reload()
    expect(await readLightness(page)).toBe('dark')
    const other = await subject().visits.open('/routes')
    expect(await readLightness(other)).toBe('dark')
    await press()
    await other.reload()
    expect(await readLightness(other)).toBe('light')
  })
}

/** Whether the ground of the page is light or dark, as the browser paints it. */
async function readLightness(page: Page): Promise<'light' | 'dark'> {
  const color = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map(Number)
  return red + green + blue > (3 * 255) / 2 ? 'light' : 'dark'
}

/** What axe, which has to be in the page, finds that keeps somebody from using it, each with its places. What is less is not told. */
async function findFaults(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { resultTypes: ['violations'], preload: false })`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => {
      const places = nodes.map(
        ({ target, failureSummary = '' }) =>
          `${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`,
      )
      return [`${id} (${impact}): ${help}`, ...places].join('\n  ')
    })
}
